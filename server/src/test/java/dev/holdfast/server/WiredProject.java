package dev.holdfast.server;

import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.NewCluster;
import dev.holdfast.server.deployment.NewHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A project: a replica set, and a sharded cluster of two shards with three mirrored config servers; a complete snapshot
 * of each, and one of the sharded cluster that lacks a shard.
 */
final class WiredProject {
    /** Seconds of the newest oplog entry in all parts. */
    static final long OPLOG = 1_456_098_690;

    final Group group;
    final Cluster replicaSet;
    final Cluster sharded;
    final List<Cluster> shards;
    final List<Host> mirrors;
    final Host member;

    /** What was captured of the config server. */
    final Map<String, byte[]> configFiles;

    final String replicaSetSnapshot;
    final String shardedSnapshot;
    final String incompleteSnapshot;

    /** Enters the project through the doors, {@code prefix} in every name, and captures it over HTTP. */
    WiredProject(ServerWiring wiring, int port, String prefix, int hours) throws IOException {
        group = wiring.groups().create(prefix + "-project");
        replicaSet = wiring.clusters().create(group.id(), NewCluster.replicaSet(prefix + "-rs"));
        sharded = wiring.clusters().create(group.id(), NewCluster.sharded(prefix + "-sharded"));
        shards = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String name = prefix + "_" + i;
            shards.add(wiring.clusters().create(group.id(), NewCluster.shard(sharded.id(), name, name)));
        }
        mirrors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = prefix + "-cfg" + i + ".example.net";
            mirrors.add(wiring.hosts()
                    .create(group.id(), NewHost.mirroredConfigServer(sharded.id(), i, name, 27019, "3.0.9")));
        }
        member = wiring.hosts()
                .create(
                        group.id(),
                        NewHost.member(
                                replicaSet, HostType.REPLICA_PRIMARY, prefix + "-a.example.net", 27017, "3.2.22"));
        configFiles = files(prefix.hashCode(), 200_000);
        String token = wiring.agentKeys()
                .createAgentKey(group.id(), "agent", WiredServer.START)
                .token();
        try (AgentUpload agent = new AgentUpload(port, group.id(), token)) {
            replicaSetSnapshot = agent.begin("clusterId", replicaSet.id().hex(), hours);
            agent.part(replicaSetSnapshot, "clusterId", replicaSet.id().hex(), OPLOG, files(1, 1000));
            shardedSnapshot = agent.begin("clusterId", sharded.id().hex(), hours);
            for (Cluster shard : shards) {
                agent.part(shardedSnapshot, "clusterId", shard.id().hex(), OPLOG, files(2, 1000));
            }
            agent.part(shardedSnapshot, "hostId", mirrors.get(0).id().hex(), OPLOG, configFiles);
            incompleteSnapshot = agent.begin("clusterId", sharded.id().hex(), hours);
            agent.part(incompleteSnapshot, "clusterId", shards.get(0).id().hex(), OPLOG, files(3, 1000));
            boolean complete = agent.commit(replicaSetSnapshot) && agent.commit(shardedSnapshot);
            if (!complete || agent.commit(incompleteSnapshot)) {
                throw new AssertionError("the wrong snapshots are complete");
            }
        }
    }

    /** The project's address. */
    String path() {
        return WiredServer.API + "/groups/" + group.id();
    }

    /** The organisation's address. */
    String orgPath() {
        return WiredServer.API + "/orgs/" + group.orgId();
    }

    /** A cluster's address. */
    String path(Cluster cluster) {
        return path() + "/clusters/" + cluster.id();
    }

    /** A host's address. */
    String path(Host host) {
        return path() + "/hosts/" + host.id();
    }

    /** Names and ids that nobody else may see. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(
                group.name(),
                group.id().hex(),
                group.orgId().hex(),
                replicaSet.id().hex(),
                replicaSet.clusterName(),
                sharded.id().hex(),
                sharded.clusterName(),
                replicaSetSnapshot,
                shardedSnapshot,
                member.hostname()));
        mirrors.forEach(mirror -> secrets.addAll(List.of(mirror.id().hex(), mirror.hostname())));
        shards.forEach(shard -> secrets.addAll(List.of(shard.id().hex(), shard.shardName())));
        return secrets;
    }

    private static Map<String, byte[]> files(int seed, int bytes) {
        Random random = new Random(seed);
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Map.of("WiredTiger.wt", noise, "storage.bson", new byte[70_000], "empty", new byte[0]);
    }
}
