package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * A cluster.
 *
 * @param clusterName for a member of a sharded cluster, the parent's
 * @param lastHeartbeat ISO 8601
 * @param replicaSetName for REPLICA_SET and CONFIG_SERVER_REPLICA_SET
 * @param shardName for a shard
 */
public record ClusterJson(
        String clusterName,
        String groupId,
        String id,
        String lastHeartbeat,
        List<Link> links,
        String replicaSetName,
        String shardName,
        String typeName) {}
