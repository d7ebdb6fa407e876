package dev.holdfast.server.snapshot;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Database;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.testing.TestDeployment;
import dev.holdfast.store.PartSummary;
import java.time.Duration;
import java.util.List;

/** A project with snapshots in every state, made through the door. The store's part of it is made up. */
public final class TestSnapshots {
    /** The folders that {@link Database#open} needs. */
    public static final List<String> MIGRATIONS = List.of(TestDeployment.MIGRATIONS, Snapshots.MIGRATIONS);

    /** 2016-02-21T23:51:30Z. */
    public static final long OPLOG_SECONDS = 1456098690;

    static final Paging ALL = new Paging(1, 100, true);

    public final TestDeployment there;
    public final Snapshots snapshots;
    public final GroupId group;

    /** Enters the deployment, and no snapshot. */
    public TestSnapshots(Database database) {
        there = new TestDeployment(database);
        snapshots = new Snapshots(database, there.clock, there.ids, there.clusters, there.hosts);
        group = there.group.id();
    }

    /** Begins a snapshot of a cluster, a minute after whatever was before. */
    public SnapshotId begin(Cluster cluster) {
        there.clock.advance(Duration.ofMinutes(1));
        return snapshots.begin(group, new BeginSnapshot(cluster.id().hex(), null, null));
    }

    /** Begins a snapshot of a config server alone. */
    public SnapshotId begin(Host host) {
        there.clock.advance(Duration.ofMinutes(1));
        return snapshots.begin(group, new BeginSnapshot(null, host.id().hex(), null));
    }

    /** What an agent says to begin a part of a replica set. */
    public static BeginPart part(Cluster cluster) {
        return new BeginPart(cluster.id().hex(), null, OPLOG_SECONDS, 1, "wiredTiger", "--replSet x", false, null);
    }

    /** What an agent says to begin a part of a mirrored config server. */
    public static BeginPart part(Host host) {
        return new BeginPart(null, host.id().hex(), OPLOG_SECONDS, 1, "wiredTiger", "--configsvr", false, null);
    }

    /** Figures that differ in every field. */
    public static PartSummary summary(long plainBytes) {
        return new PartSummary(3, plainBytes, plainBytes / 2, plainBytes / 4, plainBytes / 3);
    }

    PartId commit(SnapshotId snapshot, BeginPart wanted, long plainBytes) {
        PartId part = snapshots.beginPart(group, snapshot, wanted).part().id();
        return snapshots
                .partCommitted(group, part, summary(plainBytes))
                .orElseThrow()
                .part()
                .id();
    }

    /** A complete snapshot of the sharded cluster, its config part from the first mirror. */
    public SnapshotId completeSharded() {
        SnapshotId snapshot = begin(there.sharded);
        commit(snapshot, part(there.mirrors.get(0)), 134_217_728);
        commit(snapshot, part(there.shard1), 4_000_000);
        commit(snapshot, part(there.shard0), 3_000_000);
        if (!snapshots.commitSnapshot(group, snapshot).complete()) {
            throw new IllegalStateException("it is not complete");
        }
        return snapshot;
    }

    /** A complete snapshot of the replica set. */
    public SnapshotId completeReplicaSet() {
        SnapshotId snapshot = begin(there.replicaSet);
        commit(snapshot, part(there.replicaSet), 2_000_000);
        if (!snapshots.commitSnapshot(group, snapshot).complete()) {
            throw new IllegalStateException("it is not complete");
        }
        return snapshot;
    }
}
