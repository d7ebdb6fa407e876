package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * A project.
 *
 * @param lastActiveAgent ISO 8601; absent while nothing was heard of any host
 * @param publicApiEnabled always true: a project is reached in no other way
 * @param shardCount shards of all its sharded clusters
 */
public record GroupJson(
        int activeAgentCount,
        HostCounts hostCounts,
        String id,
        String lastActiveAgent,
        List<Link> links,
        String name,
        String orgId,
        boolean publicApiEnabled,
        int replicaSetCount,
        int shardCount,
        List<String> tags) {

    /** Hosts by what they are. {@code config} counts config servers of either kind. */
    public record HostCounts(int arbiter, int config, int master, int mongos, int primary, int secondary, int slave) {}
}
