package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;

/**
 * A host to be entered.
 *
 * @param clusterId see {@link Host#clusterId}; null when unknown
 * @param hostname as the deployment itself names it, for the host's id is made of it
 * @param port 1 to 65535
 * @param version MongoDB version, null when unknown
 * @param configOrder place of a mirrored config server in {@code --configdb}, from 0; else null
 */
public record NewHost(
        ClusterId clusterId,
        String hostname,
        int port,
        HostType type,
        String version,
        String replicaSetName,
        String shardName,
        Integer configOrder) {

    /** A host of which only the address is known. */
    public static NewHost at(String hostname, int port) {
        return new NewHost(null, hostname, port, HostType.NO_DATA, null, null, null, null);
    }

    /** One of the three mirrored config servers (SCCC) of {@code sharded}. */
    public static NewHost mirroredConfigServer(
            ClusterId sharded, int configOrder, String hostname, int port, String version) {
        return new NewHost(sharded, hostname, port, HostType.SHARD_CONFIG, version, null, null, configOrder);
    }

    /** A member of a replica set, of a shard, or of a CSRS. */
    public static NewHost member(Cluster cluster, HostType type, String hostname, int port, String version) {
        return new NewHost(
                cluster.id(), hostname, port, type, version, cluster.replicaSetName(), cluster.shardName(), null);
    }
}
