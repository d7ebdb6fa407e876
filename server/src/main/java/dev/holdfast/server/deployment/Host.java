package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.time.Instant;

/**
 * A mongod or mongos of a project.
 *
 * @param clusterId the cluster it belongs to (for a mirrored config server the sharded cluster), null when unknown
 * @param version MongoDB version, for example {@code 3.0.9}; null when unknown
 * @param replicaSetName null for a mirrored config server
 * @param shardName null unless it is a member of a shard
 * @param configOrder place in the {@code --configdb} string of a mirrored config server, from 0; else null
 * @param lastPing null until something was heard of it
 */
public record Host(
        HostId id,
        GroupId groupId,
        ClusterId clusterId,
        String hostname,
        int port,
        HostType type,
        String version,
        String replicaSetName,
        String shardName,
        Integer configOrder,
        Instant created,
        Instant lastPing) {

    /** Whether it is one of three mirrored config servers (SCCC): a config server that is in no replica set. */
    public boolean isMirroredConfigServer() {
        return type == HostType.SHARD_CONFIG && replicaSetName == null;
    }

    /** {@code hostname:port}. */
    public String address() {
        return hostname + ":" + port;
    }
}
