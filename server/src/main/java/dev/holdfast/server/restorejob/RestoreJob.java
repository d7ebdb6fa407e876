package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;

/**
 * One restore job.
 *
 * @param batchId the POST on a sharded cluster that it came from, else null
 * @param ownerId the cluster whose snapshot it restores; null when it was asked for on a host alone
 * @param clusterId the replica set restored, null for a mirrored config server
 * @param hostId the mirrored config server restored, null for anything else
 * @param snapshotId what is restored: for a part of a batch the snapshot of the whole cluster
 * @param state as it was decided here; its link, or its agents, overrule it when the job is shown
 * @param timestampSeconds time of the newest oplog entry in the archive, seconds since the epoch
 * @param masterKeyUUID null unless encrypted
 * @param checkpointId the checkpoint that was asked for, else null
 * @param pointInTime whether a time was asked for and not a snapshot
 * @param target where agents restore to, null when the archive is downloaded
 * @param reason why it was killed, null unless it was
 */
public record RestoreJob(
        JobId id,
        GroupId groupId,
        BatchId batchId,
        ClusterId ownerId,
        ClusterId clusterId,
        HostId hostId,
        SnapshotId snapshotId,
        PartId partId,
        RestoreJobState state,
        Instant created,
        DeliveryTerms terms,
        long timestampSeconds,
        long timestampIncrement,
        boolean encryptionEnabled,
        String masterKeyUUID,
        CheckpointId checkpointId,
        boolean pointInTime,
        RestoreTarget target,
        String reason) {}
