package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

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

    // those of a point in time may be null, which asks for none; the last two are in the request tables of Ops Manager
    // 3.6,
    // where they mean nothing
    private static final Set<String> KNOWN = Set.of(
            "checkpointId",
            "checkPointId",
            "timestamp",
            "oplogTs",
            "oplogInc",
            "pointInTimeUTCMillis",
            "snapshotId",
            "delivery",
            "encryptionEnabled",
            "masterKeyUUID");

    private static final Set<String> READ_ONLY = Set.of(
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
            "statusName");

    private static final List<String> POINT_IN_TIME = List.of("oplogTs", "oplogInc", "pointInTimeUTCMillis");

    private static final Set<String> DELIVERY =
            Set.of("methodName", "maxDownloads", "expirationHours", "expires", "statusName", "url");

    /**
     * Reads it.
     *
     * @param owner id of the cluster or host in the path, for refusals
     * @param lenient whether both {@code expires} and {@code expirationHours} may be there; the former wins
     * @throws Refusal for the first thing that is wrong
     */
    static JobRequest read(Attributes body, String owner, boolean lenient, Instant now) {
        Attributes delivery = body.object("delivery");
        refuseOtherMethods(delivery);
        refuseOtherTimes(body, owner);
        for (String name : body.names()) {
            if (READ_ONLY.contains(name)) {
                throw new Refusal(ErrorCode.ATTRIBUTE_READ_ONLY, name);
            }
        }
        body.refuseOthersThan(KNOWN);
        DeliveryTerms terms = delivery == null
                ? DeliveryTerms.within(DEFAULT_DOWNLOADS, DEFAULT_HOURS, now)
                : terms(delivery, lenient, now);
        String snapshot = body.text("snapshotId");
        if (snapshot == null) {
            throw new Refusal(ErrorCode.MISSING_ATTRIBUTE, "snapshotId");
        }
        return new JobRequest(
                SnapshotId.parse(snapshot).orElseThrow(() -> new Refusal(ErrorCode.INVALID_SNAPSHOT_ID, snapshot)),
                terms);
    }

    private static void refuseOtherMethods(Attributes delivery) {
        String method = delivery == null ? null : delivery.text("methodName");
        if (method != null && !method.equals(RestoreJobDocument.METHOD)) {
            throw new Refusal(ErrorCode.UNSUPPORTED_DELIVERY_METHOD)
                    .saying("The delivery method " + method + " is not supported. Use HTTP.");
        }
    }

    /** There are no checkpoints and no oplogs here yet, so no time but a snapshot's own can be restored. */
    private static void refuseOtherTimes(Attributes body, String owner) {
        for (String name : List.of("checkpointId", "checkPointId")) {
            String checkpoint = body.text(name);
            if (checkpoint != null) {
                throw ObjectIds.isValid(checkpoint)
                        ? new Refusal(ErrorCode.CHECKPOINT_NOT_FOUND, checkpoint, owner)
                        : new Refusal(ErrorCode.INVALID_CHECKPOINT_ID, checkpoint);
            }
        }
        for (String name : POINT_IN_TIME) {
            if (body.wholeNumber(name) != null) {
                throw new Refusal(ErrorCode.NO_CHECKPOINT_FOR_PIT_RESTORE);
            }
        }
        Attributes timestamp = body.object("timestamp");
        if (timestamp != null) {
            Instant date = timestamp.time("date");
            throw new Refusal(
                    date != null && date.getNano() != 0
                            ? ErrorCode.FRACTIONAL_TIMESTAMP
                            : ErrorCode.NO_CHECKPOINT_FOR_PIT_RESTORE);
        }
    }

    private static DeliveryTerms terms(Attributes delivery, boolean lenient, Instant now) {
        delivery.refuseOthersThan(DELIVERY);
        int downloads = maxDownloads(delivery);
        Long hours = expirationHours(delivery);
        Instant expires = delivery.time("expires");
        if (expires == null) {
            return DeliveryTerms.within(downloads, hours == null ? DEFAULT_HOURS : hours, now);
        }
        if (hours != null && !lenient) {
            throw delivery.invalid("expires", "delivery.expirationHours is there too; send only one of them");
        }
        if (!expires.isAfter(now)) {
            throw delivery.invalid("expires", "it is in the past");
        }
        if (expires.isAfter(now.plus(Duration.ofHours(DeliveryTerms.MAX_HOURS)))) {
            throw delivery.invalid("expires", "it is more than a hundred years away");
        }
        return DeliveryTerms.until(downloads, expires, now);
    }

    private static int maxDownloads(Attributes delivery) {
        Long downloads = delivery.wholeNumber("maxDownloads");
        if (downloads == null) {
            return DEFAULT_DOWNLOADS;
        }
        if (downloads < 1) {
            throw new Refusal(ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO, delivery.path("maxDownloads"));
        }
        if (downloads > DeliveryTerms.NO_LIMIT) {
            throw delivery.invalid(
                    "maxDownloads", "it is at most " + DeliveryTerms.NO_LIMIT + ", which means no limit");
        }
        return downloads.intValue();
    }

    private static Long expirationHours(Attributes delivery) {
        Long hours = delivery.wholeNumber("expirationHours");
        if (hours != null && hours < 1) {
            throw new Refusal(ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO, delivery.path("expirationHours"));
        }
        if (hours != null && hours > DeliveryTerms.MAX_HOURS) {
            throw delivery.invalid("expirationHours", "it is at most " + DeliveryTerms.MAX_HOURS);
        }
        return hours;
    }
}
