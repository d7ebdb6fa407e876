package dev.holdfast.server.snapshot;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.JsonFields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a PATCH asks for. Source: "Change the Expiry of One Snapshot".
 *
 * @param doNotDelete null to leave it
 * @param expires null to leave it
 */
record SnapshotChange(Boolean doNotDelete, Instant expires) {
    private static final String[] READ_ONLY = {
        "id",
        "groupId",
        "clusterId",
        "clusterName",
        "hostId",
        "complete",
        "created",
        "isPossiblyInconsistent",
        "lastOplogAppliedTimestamp",
        "links",
        "missingShards",
        "namespaceFilterList",
        "parts"
    };

    /** Reads a body; refuses every attribute but the two. */
    static SnapshotChange of(JsonFields body) {
        Boolean doNotDelete = body.flag("doNotDelete");
        Instant expires = body.date("expires");
        body.readOnly(READ_ONLY);
        body.refuseUnknown();
        return new SnapshotChange(doNotDelete, expires == null ? null : expires.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * The snapshot after the change.
     *
     * @throws Refusal CANNOT_MODIFY_SNAPSHOT if its time is over or both were asked for, MISSING_ATTRIBUTE if it would
     *     have no time: there is no schedule here yet to compute one from
     */
    Snapshot applied(Snapshot snapshot, Instant now) {
        if (doNotDelete == null && expires == null) {
            return snapshot;
        }
        if (isOver(snapshot, now)) {
            throw refusal(snapshot, "it expired, and is deleted at the next opportunity");
        }
        boolean keep = doNotDelete == null ? snapshot.doNotDelete() : doNotDelete;
        if (keep && expires != null) {
            throw refusal(snapshot, "one that must not be deleted has no expires; set doNotDelete to false with it");
        }
        Instant until = expires == null ? snapshot.expires() : expires;
        if (!keep && until == null) {
            throw new Refusal(ErrorCode.MISSING_ATTRIBUTE, "expires");
        }
        return new Snapshot(
                snapshot.id(),
                snapshot.groupId(),
                snapshot.clusterId(),
                snapshot.created(),
                keep ? null : until,
                keep,
                snapshot.clusterComplete(),
                snapshot.deleted(),
                snapshot.parts());
    }

    private static boolean isOver(Snapshot snapshot, Instant now) {
        return !snapshot.doNotDelete()
                && snapshot.expires() != null
                && !snapshot.expires().isAfter(now);
    }

    private static Refusal refusal(Snapshot snapshot, String why) {
        return new Refusal(ErrorCode.CANNOT_MODIFY_SNAPSHOT, snapshot.id().hex())
                .saying("Snapshot " + snapshot.id() + " cannot be modified that way: " + why + ".");
    }
}
