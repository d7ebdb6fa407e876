package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * A point in time that a sharded cluster can be restored to.
 *
 * @param completed ISO 8601, when the last part was in the store
 * @param parts one per shard, then one for the config servers
 * @param restorable whether a restore job can be made of it
 * @param started ISO 8601, when its snapshot was begun
 * @param timestamp ISO 8601, the point that is restored to
 */
public record CheckpointJson(
        String clusterId,
        String completed,
        String groupId,
        String id,
        List<Link> links,
        List<Part> parts,
        boolean restorable,
        String started,
        String timestamp) {

    /**
     * One member of the cluster at that point.
     *
     * @param hostId the mirrored config server that was read (32 digits); null for anything else
     * @param replicaSetName null for a mirrored config server
     * @param shardName for a shard, else null
     * @param tokenDiscovered whether the point was found in the member's oplog
     * @param tokenTimestamp where in its oplog
     * @param typeName {@code REPLICA_SET}, {@code CONFIG_SERVER_REPLICA_SET} or {@code CONFIG_SERVER}
     */
    public record Part(
            String hostId,
            String replicaSetName,
            String shardName,
            boolean tokenDiscovered,
            TimestampJson tokenTimestamp,
            String typeName) {}
}
