package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import java.time.Instant;

/**
 * A cluster of a project: a replica set, a shard, a CSRS, or a whole sharded cluster.
 *
 * @param clusterName its name; a member of a sharded cluster bears the parent's
 * @param replicaSetName for REPLICA_SET and CONFIG_SERVER_REPLICA_SET, else null
 * @param shardName for a shard, else null
 * @param parent the sharded cluster that it is a member of, else null
 * @param created when it was discovered, which is the order of lists
 */
public record Cluster(
        ClusterId id,
        GroupId groupId,
        ClusterType type,
        String clusterName,
        String replicaSetName,
        String shardName,
        ClusterId parent,
        Instant created,
        Instant lastHeartbeat) {}
