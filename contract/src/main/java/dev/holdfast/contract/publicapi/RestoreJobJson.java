package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * A restore job.
 *
 * @param batchId the POST it came from; only for parts of a sharded cluster
 * @param checkpointId the checkpoint it was built to; null for anything else
 * @param clusterId the replica set restored; absent for a mirrored config server
 * @param created ISO 8601, when it was asked for
 * @param hashes absent until the archive was downloaded
 * @param hostId the mirrored config server restored (32 digits); absent for anything else
 * @param masterKeyUUID only while {@code encryptionEnabled}
 * @param pointInTime whether it was built to a time instead of a stored snapshot
 * @param results only in the answer of the host POST: the same job once more, for clients read {@code results[0]}
 * @param totalCount only beside {@code results}
 * @param snapshotId the snapshot restored; null when a time was asked for
 * @param timestamp time of the newest oplog entry in the archive; its seconds are in the file name
 */
public record RestoreJobJson(
        String batchId,
        String checkpointId,
        String clusterId,
        String created,
        DeliveryJson delivery,
        boolean encryptionEnabled,
        String groupId,
        List<HashJson> hashes,
        String hostId,
        String id,
        List<Link> links,
        String masterKeyUUID,
        boolean pointInTime,
        List<RestoreJobJson> results,
        String snapshotId,
        String statusName,
        TimestampJson timestamp,
        Integer totalCount) {

    /** The same job with itself in {@code results}. */
    public RestoreJobJson asListToo() {
        return new RestoreJobJson(
                batchId,
                checkpointId,
                clusterId,
                created,
                delivery,
                encryptionEnabled,
                groupId,
                hashes,
                hostId,
                id,
                links,
                masterKeyUUID,
                pointInTime,
                List.of(this),
                snapshotId,
                statusName,
                timestamp,
                1);
    }
}
