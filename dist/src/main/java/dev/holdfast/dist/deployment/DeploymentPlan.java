package dev.holdfast.dist.deployment;

import java.util.List;

/**
 * What a project consists of, as its operator wrote it down.
 *
 * @param project name of the project
 * @param replicaSets replica sets that stand alone
 * @param shardedClusters whole sharded clusters
 */
public record DeploymentPlan(String project, List<ReplicaSet> replicaSets, List<ShardedCluster> shardedClusters) {
    /**
     * A replica set, a shard, or a CSRS.
     *
     * @param name of the set
     * @param shard name of the shard, null unless it is one
     * @param members addresses, the usual primary first
     * @param version MongoDB version, null when not given
     */
    public record ReplicaSet(String name, String shard, List<Address> members, String version) {}

    /**
     * A sharded cluster; its config servers are either mirrored or a replica set.
     *
     * @param mirroredConfigServers in the order of {@code --configdb}; empty for a CSRS
     * @param configReplicaSet null for mirrored config servers
     * @param version MongoDB version of the config servers, null when not given
     */
    public record ShardedCluster(
            String name,
            List<ReplicaSet> shards,
            List<Address> mirroredConfigServers,
            ReplicaSet configReplicaSet,
            String version) {}

    /** {@code hostname:port}. */
    public record Address(String hostname, int port) {
        @Override
        public String toString() {
            return hostname + ":" + port;
        }
    }
}
