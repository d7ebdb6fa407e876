package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The body of a POST of restore jobs, checked as far as it can be without looking anything up.
 *
 * <p>Stricter and laxer than a plain record, as the documentation's own requests demand: numbers come as strings, its
 * sample for mirrored config servers sends {@code statusName}, {@code url} and both ways to say when the link ends, and
 * old clients send {@code snapshotId} alone.
 */
record JobRequest(SnapshotId snapshotId, DeliveryTerms terms) {
    private static final int DEFAULT_DOWNLOADS = 1;
    private static final long DEFAULT_HOURS = 1;

    private static final String[] READ_ONLY = {
        "batchId",
        "clusterId",
        "clusterName",
        "created",
        "groupId",
        "hashes",
        "hostId",
        "id",
        "links",
        "pointInTime",
        "statusName"
    };

    /**
     * Reads it.
     *
     * @param owner id of the cluster or host in the path, for refusals
     * @param lenient whether both {@code expires} and {@code expirationHours} may be there; the former wins
     * @throws Refusal for the first thing that is wrong
     */
    static JobRequest read(JsonFields body, String owner, boolean lenient, Instant now) {
        JsonFields delivery = body.object("delivery");
        refuseOtherMethods(delivery);
        refuseOtherTimes(body, owner);
        body.readOnly(READ_ONLY);
        // in the request table of Ops Manager 3.6, where they mean nothing
        body.ignore("encryptionEnabled", "masterKeyUUID");
        String snapshot = body.text("snapshotId");
        DeliveryTerms terms = delivery == null
                ? DeliveryTerms.within(DEFAULT_DOWNLOADS, DEFAULT_HOURS, now)
                : terms(delivery, lenient, now);
        body.refuseUnknown();
        body.required("snapshotId", snapshot);
        return new JobRequest(
                SnapshotId.parse(snapshot).orElseThrow(() -> new Refusal(ErrorCode.INVALID_SNAPSHOT_ID, snapshot)),
                terms);
    }

    private static void refuseOtherMethods(JsonFields delivery) {
        String method = delivery == null ? null : delivery.text("methodName");
        if (method != null && !method.equals(RestoreJobDocument.METHOD)) {
            throw new Refusal(ErrorCode.UNSUPPORTED_DELIVERY_METHOD)
                    .saying("The delivery method " + method + " is not supported. Use HTTP.");
        }
    }

    /** There are no checkpoints and no oplogs here yet, so no time but a snapshot's own can be restored. */
    private static void refuseOtherTimes(JsonFields body, String owner) {
        for (String name : List.of("checkpointId", "checkPointId")) {
            String checkpoint = body.text(name);
            if (checkpoint != null) {
                throw ObjectIds.isValid(checkpoint)
                        ? new Refusal(ErrorCode.CHECKPOINT_NOT_FOUND, checkpoint, owner)
                        : new Refusal(ErrorCode.INVALID_CHECKPOINT_ID, checkpoint);
            }
        }
        for (String name : List.of("oplogTs", "oplogInc", "pointInTimeUTCMillis")) {
            if (body.number(name) != null) {
                throw new Refusal(ErrorCode.NO_CHECKPOINT_FOR_PIT_RESTORE);
            }
        }
        JsonFields timestamp = body.object("timestamp");
        if (timestamp != null) {
            Instant date = timestamp.date("date");
            throw new Refusal(
                    date != null && date.getNano() != 0
                            ? ErrorCode.FRACTIONAL_TIMESTAMP
                            : ErrorCode.NO_CHECKPOINT_FOR_PIT_RESTORE);
        }
    }

    private static DeliveryTerms terms(JsonFields delivery, boolean lenient, Instant now) {
        delivery.ignore("statusName", "url");
        int downloads = maxDownloads(delivery);
        Long hours = delivery.positiveNumber("expirationHours");
        if (hours != null && hours > DeliveryTerms.MAX_HOURS) {
            throw invalid(delivery, "expirationHours", "it is at most " + DeliveryTerms.MAX_HOURS);
        }
        Instant expires = delivery.date("expires");
        if (expires == null) {
            return DeliveryTerms.within(downloads, hours == null ? DEFAULT_HOURS : hours, now);
        }
        if (hours != null && !lenient) {
            throw invalid(delivery, "expires", "delivery.expirationHours is there too; send only one of them");
        }
        if (!expires.isAfter(now)) {
            throw invalid(delivery, "expires", "it is in the past");
        }
        if (expires.isAfter(now.plus(Duration.ofHours(DeliveryTerms.MAX_HOURS)))) {
            throw invalid(delivery, "expires", "it is more than a hundred years away");
        }
        return DeliveryTerms.until(downloads, expires, now);
    }

    private static int maxDownloads(JsonFields delivery) {
        Long downloads = delivery.positiveNumber("maxDownloads");
        if (downloads == null) {
            return DEFAULT_DOWNLOADS;
        }
        if (downloads > DeliveryTerms.NO_LIMIT) {
            throw invalid(
                    delivery, "maxDownloads", "it is at most " + DeliveryTerms.NO_LIMIT + ", which means no limit");
        }
        return downloads.intValue();
    }

    private static Refusal invalid(JsonFields delivery, String name, String why) {
        return delivery.refusal(ErrorCode.INVALID_ATTRIBUTE, name)
                .saying("Invalid attribute delivery." + name + " specified: " + why + ".");
    }
}
