package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.JsonFields;
import java.time.Duration;
import java.time.Instant;

/**
 * The body of a POST of restore jobs, checked as far as it can be without looking anything up.
 *
 * <p>Stricter and laxer than a plain record, as the documentation's own requests demand: numbers come as strings, its
 * sample for mirrored config servers sends {@code statusName}, {@code url} and both ways to say when the link ends, and
 * old clients send {@code snapshotId} alone.
 *
 * @param termsNamed whether the caller said when the link shall end; a default is cut to the life of the snapshot when
 *     nobody but an agent uses the link
 * @param target where agents restore to; null when the archive is downloaded
 */
record JobRequest(RestorePoint point, DeliveryTerms terms, boolean termsNamed, RestoreTarget target) {
    /** The documented way that needs an agent. */
    static final String AUTOMATED = "AUTOMATED_RESTORE";

    private static final int DEFAULT_DOWNLOADS = 1;
    private static final long DEFAULT_HOURS = 1;
    private static final long DEFAULT_AUTOMATED_HOURS = 24;

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

    /** A download of a snapshot as it is. */
    static JobRequest download(RestorePoint point, DeliveryTerms terms) {
        return new JobRequest(point, terms, true, null);
    }

    /**
     * Reads it.
     *
     * @param ofHost whether it is for a mirrored config server: then both {@code expires} and {@code expirationHours}
     *     may be there (the former wins), and nothing is restored by agents
     * @throws Refusal for the first thing that is wrong
     */
    static JobRequest read(JsonFields body, boolean ofHost, Instant now) {
        JsonFields delivery = body.object("delivery");
        boolean automated = isAutomated(delivery, ofHost);
        body.readOnly(READ_ONLY);
        // in the request table of Ops Manager 3.6, where they mean nothing
        body.ignore("encryptionEnabled", "masterKeyUUID");
        DeliveryTerms terms = delivery == null
                ? DeliveryTerms.within(DEFAULT_DOWNLOADS, DEFAULT_HOURS, now)
                : terms(delivery, automated, ofHost, now);
        boolean named = delivery != null && (delivery.has("expires") || delivery.has("expirationHours"));
        RestoreTarget target = automated ? target(delivery) : null;
        PointReader point = PointReader.read(body);
        body.refuseUnknown();
        return new JobRequest(point.point(), terms, named, target);
    }

    private static boolean isAutomated(JsonFields delivery, boolean ofHost) {
        String method = delivery == null ? null : delivery.text("methodName");
        if (AUTOMATED.equals(method) && !ofHost) {
            return true;
        }
        if (method != null && !method.equals(RestoreJobDocument.METHOD)) {
            throw new Refusal(ErrorCode.UNSUPPORTED_DELIVERY_METHOD)
                    .saying("The delivery method " + method + " is not supported. Use "
                            + (ofHost ? RestoreJobDocument.METHOD : RestoreJobDocument.METHOD + " or " + AUTOMATED)
                            + ".");
        }
        return false;
    }

    private static RestoreTarget target(JsonFields delivery) {
        String group = delivery.requiredText("targetGroupId");
        String cluster = delivery.requiredText("targetClusterId");
        return new RestoreTarget(
                GroupId.parse(group).orElseThrow(() -> new Refusal(ErrorCode.INVALID_GROUP_ID, group)),
                ClusterId.parse(cluster).orElseThrow(() -> new Refusal(ErrorCode.INVALID_CLUSTER_ID, cluster)));
    }

    private static DeliveryTerms terms(JsonFields delivery, boolean automated, boolean lenient, Instant now) {
        delivery.ignore("statusName", "url");
        int given = maxDownloads(delivery);
        // every agent fetches it, and again after a mishap
        int downloads = automated ? DeliveryTerms.NO_LIMIT : given;
        Long hours = delivery.positiveNumber("expirationHours");
        if (hours != null && hours > DeliveryTerms.MAX_HOURS) {
            throw invalid(delivery, "expirationHours", "it is at most " + DeliveryTerms.MAX_HOURS);
        }
        Instant expires = delivery.date("expires");
        if (expires == null) {
            long usual = automated ? DEFAULT_AUTOMATED_HOURS : DEFAULT_HOURS;
            return DeliveryTerms.within(downloads, hours == null ? usual : hours, now);
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
