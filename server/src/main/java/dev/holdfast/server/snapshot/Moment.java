package dev.holdfast.server.snapshot;

import java.util.Comparator;
import java.util.List;

/**
 * A point in the oplog. Only what was captured exactly there can be restored to it, for no oplog is stored.
 *
 * @param seconds since the epoch
 * @param increment ordinal within that second; null for any
 */
public record Moment(long seconds, Long increment) {
    /** Where the newest oplog entry in some parts is; there is at least one. */
    static Moment newestOf(List<SnapshotPart> parts) {
        return parts.stream()
                .map(part -> new Moment(part.timestampSeconds(), part.timestampIncrement()))
                .max(Comparator.comparingLong(Moment::seconds).thenComparingLong(Moment::increment))
                .orElseThrow();
    }

    /** Whether parts whose newest entry is at {@code newest} are what was there at this moment. */
    boolean isAt(Moment newest) {
        return seconds == newest.seconds && (increment == null || increment.equals(newest.increment));
    }
}
