package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;

/**
 * A cluster to be entered.
 *
 * @param clusterName its name, unique among the clusters of the project that are no members; null for a member, which
 *     takes the parent's
 * @param replicaSetName for a replica set and a CSRS, else null
 * @param shardName for a shard, else null
 * @param parent the sharded cluster it is a member of, else null
 */
public record NewCluster(
        ClusterType type, String clusterName, String replicaSetName, String shardName, ClusterId parent) {

    /** A replica set that stands alone; it is called like its set. */
    public static NewCluster replicaSet(String replicaSetName) {
        return new NewCluster(ClusterType.REPLICA_SET, replicaSetName, replicaSetName, null, null);
    }

    /** A sharded cluster whose shards are replica sets. */
    public static NewCluster sharded(String clusterName) {
        return new NewCluster(ClusterType.SHARDED_REPLICA_SET, clusterName, null, null, null);
    }

    /** A replica set that is a shard of {@code parent}. */
    public static NewCluster shard(ClusterId parent, String shardName, String replicaSetName) {
        return new NewCluster(ClusterType.REPLICA_SET, null, replicaSetName, shardName, parent);
    }

    /** The config servers of {@code parent}, as a replica set (CSRS). */
    public static NewCluster configReplicaSet(ClusterId parent, String replicaSetName) {
        return new NewCluster(ClusterType.CONFIG_SERVER_REPLICA_SET, null, replicaSetName, null, parent);
    }
}
