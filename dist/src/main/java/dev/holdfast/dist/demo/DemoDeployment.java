package dev.holdfast.dist.demo;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import java.util.List;

/**
 * What the demo backs up: a sharded cluster of two shards with three mirrored config servers, and a replica set beside
 * it.
 *
 * @param group the project
 * @param replicaSet the replica set
 * @param sharded the sharded cluster
 * @param shards its shards
 * @param configServer the first mirrored config server of {@code --configdb}: the one that is read
 */
record DemoDeployment(GroupId group, Cluster replicaSet, Cluster sharded, List<Cluster> shards, Host configServer) {
    static DemoDeployment find(ServerWiring wiring, GroupId group) {
        List<Cluster> clusters = wiring.clusters().list(group);
        Cluster sharded = clusters.stream()
                .filter(cluster -> cluster.type().isSharded())
                .findFirst()
                .orElseThrow();
        Cluster replicaSet = clusters.stream()
                .filter(cluster -> !cluster.type().isSharded() && cluster.parent() == null)
                .findFirst()
                .orElseThrow();
        return new DemoDeployment(
                group,
                replicaSet,
                sharded,
                wiring.clusters().members(sharded.id()),
                wiring.hosts().mirroredConfigServers(sharded.id()).get(0));
    }
}
