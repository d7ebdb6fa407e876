package dev.holdfast.server.schedule;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Database;
import dev.holdfast.database.Lease;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.TestAgent;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.snapshot.Completed;
import dev.holdfast.server.snapshot.Retention;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A project whose clusters are backed up, with agents that capture nothing but say so. */
public final class TestBackups {
    /** The folders that {@link Database#open} needs. */
    public static final List<String> MIGRATIONS = List.of(
            Lease.MIGRATIONS,
            TestDeployment.MIGRATIONS,
            TestSnapshots.MIGRATIONS.get(1),
            Agents.MIGRATIONS,
            BackupConfigs.MIGRATIONS);

    public final Database database;
    public final TestSnapshots made;
    public final TestDeployment there;
    public final Agents agents;
    public final BackupConfigs configs;
    public final SnapshotRuns runs;
    final Retention retention;

    /** Enters the deployment, nothing of which is backed up. */
    public TestBackups(Database database) {
        this.database = database;
        this.made = new TestSnapshots(database);
        this.there = made.there;
        this.agents = new Agents(database, there.clock, there.ids, AgentsSettings.DEFAULTS);
        this.configs = new BackupConfigs(database, there.clusters, there.hosts);
        this.runs = new SnapshotRuns(database, there.ids, there.clusters, there.hosts, configs, made.snapshots, agents);
        this.retention = new Retention(
                database,
                PackedSnapshotStore.create(new MemoryBlobStore(), StoreSettings.DEFAULT, new Random(1)),
                now -> Set.of());
    }

    Scheduler scheduler(String holder) {
        Duration interval = Duration.ofSeconds(15);
        Lease lease = new Lease(database, "schedule", holder, Scheduler.leaseOf(interval), there.clock);
        return new Scheduler(database, runs, retention, lease, interval, there.clock);
    }

    /** One round of the scheduler. */
    public void round() {
        scheduler("a").round();
    }

    /** What a key with a role in the project calls, now. */
    public TestApi api() {
        return new TestApi(
                TestCaller.memberOf(made.group),
                there.clock.instant(),
                new BackupConfigRoutes(there.groups, there.clusters, configs),
                new OnDemandRoutes(there.groups, there.clusters, runs));
    }

    /** An agent of the project. */
    public TestAgent agent(String name, HostId... hosts) {
        return new TestAgent(agents, made.group, name, List.of(hosts));
    }

    /** Does what the order says, as far as the rows know. */
    public void capture(Assignment work) {
        capture(work, 1_000_000);
    }

    void capture(Assignment work, long bytes) {
        String cluster = work.payload().path("clusterId").asText(null);
        SnapshotId snapshot = new SnapshotId(work.payload().get("snapshotId").textValue());
        BeginPart part = new BeginPart(
                cluster, cluster == null ? work.host().hex() : null, 1456098690, 1, null, null, false, null);
        PartId id = made.snapshots.beginPart(made.group, snapshot, part).part().id();
        if (made.snapshots
                .partCommitted(made.group, id, TestSnapshots.summary(bytes))
                .isEmpty()) {
            throw new IllegalStateException("the snapshot of part " + id + " is gone");
        }
        made.snapshots.commitSnapshot(made.group, snapshot);
    }

    /** A host of a cluster. */
    public HostId host(ClusterId cluster) {
        return there.hosts.list(made.group).stream()
                .filter(host -> cluster.equals(host.clusterId()))
                .map(Host::id)
                .findFirst()
                .orElseThrow();
    }

    /** The snapshots of a cluster that are shown, complete or not, newest first. */
    List<Snapshot> snapshots(ClusterId cluster) {
        return made.snapshots
                .listOfCluster(made.group, cluster, Completed.ALL, new Paging(1, 100, true))
                .snapshots();
    }

    GroupId group() {
        return made.group;
    }
}
