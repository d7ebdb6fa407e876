package dev.holdfast.server.deployment;

/** What a cluster is; the names are the API's {@code typeName}. */
public enum ClusterType {
    /** A replica set, also one that is a shard. */
    REPLICA_SET,
    /** A sharded cluster whose shards are all standalone. */
    SHARDED,
    /** A sharded cluster with at least one replica-set shard. */
    SHARDED_REPLICA_SET,
    /** The config servers of a sharded cluster, as a replica set (CSRS). Mirrored ones (SCCC) are no cluster. */
    CONFIG_SERVER_REPLICA_SET;

    /** Whether it is a whole sharded cluster, with shards and config servers. */
    public boolean isSharded() {
        return this == SHARDED || this == SHARDED_REPLICA_SET;
    }
}
