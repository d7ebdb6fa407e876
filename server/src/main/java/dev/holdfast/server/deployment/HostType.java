package dev.holdfast.server.deployment;

/** What a host is; the names are the API's {@code typeName}. */
public enum HostType {
    STANDALONE,
    REPLICA_PRIMARY,
    REPLICA_SECONDARY,
    REPLICA_ARBITER,
    RECOVERING,
    SHARD_MONGOS,
    /** A config server; a mirrored one (SCCC) if it is in no replica set. */
    SHARD_CONFIG,
    SHARD_STANDALONE,
    SHARD_PRIMARY,
    SHARD_SECONDARY,
    /** Nothing is known yet: no ping has come. */
    NO_DATA
}
