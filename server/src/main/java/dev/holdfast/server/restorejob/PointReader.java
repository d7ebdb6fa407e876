package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.snapshot.Moment;
import java.time.Instant;

/**
 * Reads from a request what shall be restored, which the documentation has five ways to say: {@code snapshotId},
 * {@code checkpointId} (the Go client writes {@code checkPointId}), {@code oplogTs} with {@code oplogInc},
 * {@code pointInTimeUTCMillis}, and of old {@code timestamp}. All but the first exclude each other.
 */
final class PointReader {
    private static final long MAX_UINT32 = 0xffff_ffffL;
    private static final long MAX_MILLIS = MAX_UINT32 * 1000 + 999;

    private final JsonFields body;
    private String first;
    private CheckpointId checkpoint;
    private Moment moment;
    private String snapshot;

    private PointReader(JsonFields body) {
        this.body = body;
    }

    /**
     * Reads it.
     *
     * @throws Refusal for the first thing that is wrong with a time
     */
    static PointReader read(JsonFields body) {
        PointReader reader = new PointReader(body);
        reader.checkpoint = reader.checkpoint();
        Moment oplog = reader.oplog();
        Moment millis = reader.millis();
        Moment timestamp = reader.timestamp();
        reader.moment = oplog != null ? oplog : millis != null ? millis : timestamp;
        reader.snapshot = body.text("snapshotId");
        return reader;
    }

    /**
     * What was read; ask when everything else of the body was found right.
     *
     * @throws Refusal MISSING_ATTRIBUTE, INVALID_SNAPSHOT_ID
     */
    RestorePoint point() {
        if (checkpoint == null && moment == null) {
            body.required("snapshotId", snapshot);
        }
        return new RestorePoint(
                snapshot == null
                        ? null
                        : SnapshotId.parse(snapshot)
                                .orElseThrow(() -> new Refusal(ErrorCode.INVALID_SNAPSHOT_ID, snapshot)),
                checkpoint,
                moment);
    }

    private CheckpointId checkpoint() {
        CheckpointId found = null;
        for (String name : new String[] {"checkpointId", "checkPointId"}) {
            String text = body.text(name);
            if (text != null) {
                only(name);
                found = CheckpointId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_CHECKPOINT_ID, text));
            }
        }
        return found;
    }

    private Moment oplog() {
        Long seconds = unsigned("oplogTs");
        Long increment = unsigned("oplogInc");
        if (seconds == null && increment == null) {
            return null;
        }
        body.required("oplogTs", seconds);
        body.required("oplogInc", increment);
        only("oplogTs");
        return new Moment(seconds, increment);
    }

    private Moment millis() {
        Long millis = body.notNegativeNumber("pointInTimeUTCMillis");
        if (millis == null) {
            return null;
        }
        only("pointInTimeUTCMillis");
        if (millis > MAX_MILLIS) {
            throw invalid("pointInTimeUTCMillis", "it must be milliseconds since the epoch, at most " + MAX_MILLIS);
        }
        if (millis % 1000 != 0) {
            // between two seconds nothing is held exactly: an oplog has no finer clock
            throw nothingAt("there is no snapshot of " + Instant.ofEpochMilli(millis)
                    + ", for a snapshot's time has whole seconds");
        }
        return new Moment(millis / 1000, null);
    }

    private Moment timestamp() {
        JsonFields timestamp = body.object("timestamp");
        if (timestamp == null) {
            return null;
        }
        only("timestamp");
        Instant date = timestamp.required("date", timestamp.date("date"));
        Long increment = timestamp.notNegativeNumber("increment");
        if (date.getNano() != 0) {
            throw new Refusal(ErrorCode.FRACTIONAL_TIMESTAMP);
        }
        if (increment != null && increment > MAX_UINT32) {
            throw timestamp.refusal(ErrorCode.INVALID_ATTRIBUTE, "increment");
        }
        return new Moment(date.getEpochSecond(), increment);
    }

    private Long unsigned(String name) {
        Long value = body.notNegativeNumber(name);
        if (value != null && value > MAX_UINT32) {
            throw invalid(name, "it must be at most " + MAX_UINT32);
        }
        return value;
    }

    private void only(String name) {
        if (first != null) {
            throw invalid(name, first + " is there too; send only one of them");
        }
        first = name;
    }

    private Refusal invalid(String name, String why) {
        return body.refusal(ErrorCode.INVALID_ATTRIBUTE, name)
                .saying("Invalid attribute " + name + " specified: " + why + ".");
    }

    /** What is said when no snapshot holds the time that was asked for. */
    static Refusal nothingAt(String why) {
        return new Refusal(ErrorCode.NO_CHECKPOINT_FOR_PIT_RESTORE)
                .saying("No checkpoint is usable for the requested time: " + why
                        + ". POST restoreJobs/restorableTimeRanges lists the times that can be restored.");
    }
}
