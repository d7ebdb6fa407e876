package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
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
 * @param snapshotId what the caller named: for a part of a batch the snapshot of the whole cluster
 * @param state as it was decided here; a damaged link overrules it when the job is shown
 * @param timestampSeconds time of the newest oplog entry in the archive, seconds since the epoch
 * @param masterKeyUUID null unless encrypted
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
        String masterKeyUUID) {}
