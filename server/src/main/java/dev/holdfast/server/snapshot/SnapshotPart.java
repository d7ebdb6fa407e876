package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import java.time.Instant;

/**
 * One part of a snapshot: a shard, a replica set, or the config servers; one manifest in the store.
 *
 * @param position its place among the parts: shards first, the config part last
 * @param clusterId the replica set, null for a mirrored config server
 * @param hostId the mirrored config server that was read, null for anything else
 * @param replicaSetName null for a mirrored config server
 * @param mongodVersion version of the host that was read, null when unknown
 * @param timestampSeconds time of the newest oplog entry in the files (or of the freeze), seconds since the epoch
 * @param timestampIncrement its ordinal in that second
 * @param encryptionEnabled whether mongod itself encrypted the files
 * @param masterKeyUUID mongod's master key, null unless encrypted
 * @param committed when its manifest was written, null while it is being taken in
 * @param plainBytes bytes of all files, 0 until committed
 * @param storedBytes bytes of its segments, 0 until committed
 * @param archiveBytes bytes of its archive, 0 until committed
 * @param stillSince from when to {@code committed} its files did not change; null when that is not known
 */
public record SnapshotPart(
        PartId id,
        int position,
        Type type,
        ClusterId clusterId,
        HostId hostId,
        String replicaSetName,
        String mongodVersion,
        long timestampSeconds,
        long timestampIncrement,
        boolean encryptionEnabled,
        String masterKeyUUID,
        Instant committed,
        long plainBytes,
        long storedBytes,
        long archiveBytes,
        Instant stillSince) {
    /** One of which it is not known since when its files did not change. */
    public SnapshotPart(
            PartId id,
            int position,
            Type type,
            ClusterId clusterId,
            HostId hostId,
            String replicaSetName,
            String mongodVersion,
            long timestampSeconds,
            long timestampIncrement,
            boolean encryptionEnabled,
            String masterKeyUUID,
            Instant committed,
            long plainBytes,
            long storedBytes,
            long archiveBytes) {
        this(
                id,
                position,
                type,
                clusterId,
                hostId,
                replicaSetName,
                mongodVersion,
                timestampSeconds,
                timestampIncrement,
                encryptionEnabled,
                masterKeyUUID,
                committed,
                plainBytes,
                storedBytes,
                archiveBytes,
                null);
    }

    /** The API's {@code parts[].typeName}. */
    public enum Type {
        REPLICA_SET,
        /** A mirrored config server (SCCC). */
        CONFIG_SERVER,
        CONFIG_SERVER_REPLICA_SET
    }

    /** Whether its manifest is in the store. */
    public boolean isCommitted() {
        return committed != null;
    }

    /**
     * Name of its archive for a job, without {@code .tar.gz}: {@code config-HOST-EPOCH-JOB} for a mirrored config
     * server, {@code config-SET-CLUSTER-EPOCH-JOB} for a CSRS, {@code SET-EPOCH-JOB} for a replica set. Its length is
     * the same for every job. Characters of a set's name that would not survive a URL and a shell become {@code _}.
     */
    public String archiveName(JobId job) {
        String end = "-" + timestampSeconds + "-" + job;
        String name = replicaSetName == null ? String.valueOf(clusterId) : replicaSetName;
        String set = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return switch (type) {
            case CONFIG_SERVER -> "config-" + hostId + end;
            case CONFIG_SERVER_REPLICA_SET -> "config-" + set + "-" + clusterId + end;
            case REPLICA_SET -> set + end;
        };
    }
}
