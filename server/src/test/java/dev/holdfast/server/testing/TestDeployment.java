package dev.holdfast.server.testing;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.deployment.NewCluster;
import dev.holdfast.server.deployment.NewHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A project like the one that the demo makes: a replica set, a sharded cluster of two shards with three mirrored config
 * servers, and a sharded cluster with a CSRS. Ids and times are the same in every run.
 */
public final class TestDeployment {
    /** When the project was made. */
    public static final Instant START = Instant.parse("2016-02-01T08:00:00Z");

    /** The folder that {@link Database#open} needs. */
    public static final String MIGRATIONS = "dev/holdfast/server/deployment/migrations";

    public final TestClock clock = new TestClock(START);
    public final ObjectIds ids = new ObjectIds(clock, new Random(2));
    public final Groups groups;
    public final Clusters clusters;
    public final Hosts hosts;

    public final Group group;
    public final Cluster sharded;
    public final Cluster shard0;
    public final Cluster shard1;
    public final Cluster replicaSet;
    public final Cluster shardedWithCsrs;
    public final Cluster csrs;
    public final List<Host> mirrors;
    public final Host member;

    /** Enters everything, the sharded cluster first. */
    public TestDeployment(Database database) {
        groups = new Groups(database, clock, ids);
        clusters = new Clusters(database, clock, ids);
        hosts = new Hosts(database, clock);
        group = groups.create("Physics");
        sharded = cluster(NewCluster.sharded("electron"));
        shard0 = cluster(NewCluster.shard(sharded.id(), "electron_0", "electron_0"));
        shard1 = cluster(NewCluster.shard(sharded.id(), "electron_1", "electron_1"));
        replicaSet = cluster(NewCluster.replicaSet("proton"));
        shardedWithCsrs = cluster(NewCluster.sharded("muon"));
        csrs = cluster(NewCluster.configReplicaSet(shardedWithCsrs.id(), "muonConfig"));
        mirrors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            mirrors.add(hosts.create(
                    group.id(),
                    NewHost.mirroredConfigServer(sharded.id(), i, "cfg" + (i + 1) + ".example.net", 27019, "3.0.9")));
        }
        member = hosts.create(
                group.id(), NewHost.member(shard0, HostType.SHARD_PRIMARY, "a.example.net", 27018, "3.0.9"));
        hosts.create(
                group.id(), NewHost.member(replicaSet, HostType.REPLICA_SECONDARY, "p.example.net", 27017, "3.0.9"));
        hosts.create(group.id(), NewHost.member(csrs, HostType.SHARD_CONFIG, "m.example.net", 27019, "3.2.22"));
    }

    private Cluster cluster(NewCluster wanted) {
        clock.advance(Duration.ofMinutes(1));
        return clusters.create(group.id(), wanted);
    }
}
