package dev.holdfast.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.OverviewJson;
import dev.holdfast.contract.publicapi.OverviewJson.AlertJson;
import dev.holdfast.contract.publicapi.OverviewJson.DeploymentJson;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.TestAgent;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.NewCluster;
import dev.holdfast.server.deployment.NewHost;
import dev.holdfast.server.drill.DrillResult;
import dev.holdfast.server.drill.DrillState;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.schedule.TestBackups;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.scrub.ScrubSettings;
import dev.holdfast.server.snapshot.DamagedParts;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the overview says, and to whom. */
abstract class OverviewContract {
    static final List<String> MIGRATIONS = Stream.concat(
                    TestBackups.MIGRATIONS.stream(), Stream.of(ScrubLog.MIGRATIONS, Drills.MIGRATIONS))
            .toList();

    private static final Surroundings.Disk ROOMY = new Surroundings.Disk(50L << 30, 100L << 30, 1L << 30);

    private Database database;
    private TestBackups all;
    private TestClock clock;
    private Cluster set;
    private Drills drills;
    private DrillResult nextDrill;
    private Surroundings.Disk disk = ROOMY;
    private String keysAway;
    private Overview overview;

    abstract Database open();

    @BeforeEach
    void build() {
        database = open();
        all = new TestBackups(database);
        clock = all.there.clock;
        set = all.there.replicaSet;
        drills = new Drills(database, clock, new ObjectIds(clock, new Random(3)), snapshot -> nextDrill);
        Surroundings surroundings = new Surroundings() {
            @Override
            public Disk disk() {
                return disk;
            }

            @Override
            public String keysAway() {
                return keysAway;
            }
        };
        overview = new Overview(
                database,
                all.there.groups,
                all.there.clusters,
                all.there.hosts,
                all.agents,
                drills,
                new ScrubLog(database, new DamagedParts(), null),
                new ScrubSettings(1 << 20, 0, 0),
                surroundings);
    }

    @AfterEach
    void close() {
        drills.close();
        database.close();
    }

    @Test
    void deploymentsAreTheWholes_withWhatIsInThem_andHostsOfNone() {
        all.there.hosts.create(group(), host("alone.example.net", HostType.STANDALONE));
        all.there.hosts.create(group(), host("router.example.net", HostType.SHARD_MONGOS));
        OverviewJson seen = show();
        assertThat(seen.groups()).hasSize(1);
        List<DeploymentJson> shown = seen.groups().get(0).deployments();
        assertThat(shown)
                .extracting(DeploymentJson::name)
                .containsExactly("proton", "electron", "muon", "alone.example.net:27017");
        assertThat(shown).extracting(DeploymentJson::stateName).containsOnly("UNSCHEDULED");
        assertThat(shown.get(1).members())
                .extracting(OverviewJson.MemberJson::name)
                .containsExactly("electron_0", "electron_1");
        assertThat(shown.get(1).mirrors()).hasSize(3).allMatch(OverviewJson.MirrorJson::missing);
        assertThat(shown.get(3).schedule()).isNull();
        assertThat(seen.alerts()).isEmpty();
        assertThat(seen.summary()).isEqualTo(new OverviewJson.SummaryJson(4, 0, 0, 0, 0, 4));
    }

    @Test
    void whatShouldBeCapturedAndNeverWas_isAnAlert_butNotWhileTheFirstIsMade() {
        start(set);
        assertThat(deployment().stateName()).isEqualTo("NEVER");
        assertThat(kinds()).containsExactly("NEVER_CAPTURED");
        all.round();
        assertThat(deployment().stateName()).isEqualTo("NEVER");
        assertThat(deployment().running()).isNotNull();
        assertThat(deployment().schedule().nextDue()).isNotNull();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void snapshotIsLate_whenItIsOlderThanTwoIntervals() {
        start(set);
        SnapshotId id = all.made.completeReplicaSet();
        assertThat(deployment().stateName()).isEqualTo("OK");
        assertThat(deployment().lastSnapshot().id()).isEqualTo(id.hex());
        clock.advance(Duration.ofHours(12));
        assertThat(deployment().stateName()).isEqualTo("OK");
        assertThat(deployment().schedule().lateBySeconds()).isEqualTo(6 * 3600);
        clock.advance(Duration.ofSeconds(1));
        assertThat(deployment().stateName()).isEqualTo("LATE");
        AlertJson late = alert("LATE");
        assertThat(late.severityName()).isEqualTo("WARNING");
        assertThat(late.message()).isEqualTo("The last snapshot of proton is 12 hours old; one is due every 6 hours.");
        assertThat(late.clusterId()).isEqualTo(set.id().hex());
        clock.advance(Duration.ofHours(12));
        assertThat(alert("LATE").severityName()).isEqualTo("ERROR");
        assertThat(show().summary().late()).isEqualTo(1);
    }

    @Test
    void snapshotOfWhatIsNotScheduled_isShown_andNeverLate() {
        all.made.completeReplicaSet();
        clock.advance(Duration.ofHours(40));
        assertThat(deployment().stateName()).isEqualTo("UNSCHEDULED");
        assertThat(deployment().lastSnapshot().ageSeconds()).isEqualTo(40 * 3600);
        assertThat(deployment().schedule().lateBySeconds()).isZero();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void incompleteAndGoneSnapshots_protectNobody() {
        start(set);
        all.made.begin(set);
        assertThat(deployment().lastSnapshot()).isNull();
        SnapshotId older = all.made.completeReplicaSet();
        SnapshotId newer = all.made.completeReplicaSet();
        delete(newer);
        assertThat(deployment().lastSnapshot().id()).isEqualTo(older.hex());
        delete(older);
        assertThat(deployment().lastSnapshot()).isNull();
        assertThat(show().store().snapshots()).isZero();
    }

    @Test
    void runThatFailed_isToldWithItsReason_untilASnapshotIsMade() {
        start(set);
        TestAgent agent = all.agent("a", all.host(set.id()));
        agent.poll();
        all.round();
        Assignment work = agent.poll().orElseThrow();
        agent.failed(work, "the disk is on fire", false);
        all.round();
        assertThat(deployment().lastFailed().reason()).contains("the disk is on fire");
        assertThat(kinds()).containsExactly("NEVER_CAPTURED", "CAPTURE_FAILED");
        assertThat(alert("NEVER_CAPTURED").severityName()).isEqualTo("ERROR");
        assertThat(alert("CAPTURE_FAILED").message()).contains("proton", "the disk is on fire");
        assertThat(show().summary().failed()).isEqualTo(1);
        all.made.completeReplicaSet();
        assertThat(deployment().lastFailed()).isNull();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void mirrorsDrift_betweenTheirLastSnapshots() {
        SnapshotId first = all.made.begin(all.there.mirrors.get(0));
        commit(first, 0);
        clock.advance(Duration.ofMinutes(59));
        SnapshotId second = all.made.begin(all.there.mirrors.get(2));
        commit(second, 2);
        List<OverviewJson.MirrorJson> mirrors =
                show().groups().get(0).deployments().get(1).mirrors();
        assertThat(mirrors).extracting(OverviewJson.MirrorJson::configOrder).containsExactly(0, 1, 2);
        assertThat(mirrors).extracting(OverviewJson.MirrorJson::driftSeconds).containsExactly(3600L, null, 0L);
        assertThat(mirrors).extracting(OverviewJson.MirrorJson::missing).containsExactly(false, true, false);
        assertThat(mirrors.get(0).lastSnapshot().id()).isEqualTo(first.hex());
    }

    @Test
    void damagedSnapshots_areCounted_whileTheyAreKept() {
        SnapshotId id = all.made.completeReplicaSet();
        all.made.completeReplicaSet();
        SnapshotPart part = snapshot(id).parts().get(0);
        database.change(tx -> new DamagedParts().mark(tx, part.id(), "a bit fell over"));
        AlertJson damage = alert("DAMAGE");
        assertThat(damage.severityName()).isEqualTo("ERROR");
        assertThat(damage.message()).startsWith("1 snapshot of proton cannot be restored");
        delete(id);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void drillThatFailed_isToldUntilOnePasses_orItsSnapshotGoes() {
        Snapshot drilled = snapshot(all.made.completeReplicaSet());
        drill(drilled, DrillState.FAILED);
        assertThat(alert("DRILL_FAILED").message()).contains("proton", "one file differs");
        clock.advance(Duration.ofSeconds(1));
        drill(drilled, DrillState.NOT_DONE);
        assertThat(kinds()).containsExactly("DRILL_FAILED");
        clock.advance(Duration.ofSeconds(1));
        drill(drilled, DrillState.PASSED);
        assertThat(kinds()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        drill(drilled, DrillState.FAILED);
        assertThat(kinds()).containsExactly("DRILL_FAILED");
        delete(drilled.id());
        assertThat(kinds()).isEmpty();
    }

    @Test
    void silentAgent_isAnAlert_whereNobodyElseReachesItsHosts() {
        TestAgent a = all.agent("a", all.host(set.id()), all.there.member.id());
        TestAgent b = all.agent("b", all.host(set.id()));
        a.poll();
        b.poll();
        assertThat(kinds()).isEmpty();
        clock.advance(Duration.ofHours(3));
        assertThat(kinds()).containsExactly("AGENT_SILENT", "AGENT_SILENT");
        b.poll();
        assertThat(alert("AGENT_SILENT").message())
                .isEqualTo("Agent a was not heard of for 3 hours; nobody else reaches a.example.net:27018.");
        a.poll();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void whatIsAboutTheInstallation_isForWhoSeesAllOfIt() {
        disk = new Surroundings.Disk(5L << 30, 100L << 30, 1L << 30);
        keysAway = "connection refused";
        assertThat(show().alerts()).isEmpty();
        assertThat(show().store().freeBytes()).isNull();
        OverviewJson everything = show(TestCaller.global(), null);
        assertThat(everything.alerts())
                .extracting(AlertJson::kindName)
                .containsExactly("KEYS_AWAY", "STORE_NEARLY_FULL");
        assertThat(everything.alerts().get(1).message())
                .isEqualTo("5.0 GiB of 100.0 GiB are free on the disk of the data directory.");
        assertThat(everything.store().freeBytes()).isEqualTo(5L << 30);
        disk = new Surroundings.Disk((1L << 30) - 1, 100L << 30, 1L << 30);
        assertThat(show(TestCaller.global(), null).alerts().get(1).severityName())
                .isEqualTo("ERROR");
        disk = null;
        assertThat(show(TestCaller.global(), null).store().capacityBytes()).isNull();
    }

    @Test
    void otherProjects_areNeitherShownNorCounted() {
        all.made.completeReplicaSet();
        OverviewJson own = show();
        assertThat(own.store().logicalBytes()).isEqualTo(2_000_000);
        assertThat(own.store().newBytes()).isEqualTo(500_000);
        GroupId other = all.there.groups.create("Chemistry").id();
        OverviewJson stranger = show(TestCaller.memberOf(other), null);
        assertThat(stranger.groups())
                .extracting(OverviewJson.GroupViewJson::name)
                .containsExactly("Chemistry");
        assertThat(stranger.store().snapshots()).isZero();
        assertThat(stranger.summary().deployments()).isZero();
        OverviewJson nobody = show(TestCaller.memberOf(), null);
        assertThat(nobody.groups()).isEmpty();
        assertThat(nobody.store().logicalBytes()).isZero();
        OverviewJson both = show(TestCaller.global(), null);
        assertThat(both.groups()).extracting(OverviewJson.GroupViewJson::name).containsExactly("Chemistry", "Physics");
        assertThat(show(TestCaller.global(), other).groups()).hasSize(1);
    }

    @Test
    void statementsAreAsMany_howeverManyProjectsAndClustersThereAre() {
        int few = statements();
        for (int i = 0; i < 30; i++) {
            GroupId group = all.there.groups.create("Project " + i).id();
            for (int j = 0; j < 3; j++) {
                Cluster cluster = all.there.clusters.create(group, NewCluster.replicaSet("rs" + j));
                all.there.hosts.create(
                        group, NewHost.member(cluster, HostType.REPLICA_PRIMARY, "h" + j, 27017 + i, "3.0.9"));
                SnapshotId id = all.made.snapshots.begin(
                        group, new BeginSnapshot(cluster.id().hex(), null, null));
                var part = all.made
                        .snapshots
                        .beginPart(group, id, TestSnapshots.part(cluster))
                        .part()
                        .id();
                assertThat(all.made.snapshots.partCommitted(group, part, TestSnapshots.summary(1000)))
                        .isPresent();
                assertThat(all.made.snapshots.commitSnapshot(group, id).complete())
                        .isTrue();
            }
        }
        assertThat(show(TestCaller.global(), null).store().snapshots()).isEqualTo(90);
        assertThat(statements()).isEqualTo(few);
    }

    private int statements() {
        AtomicInteger count = new AtomicInteger();
        database.read(handle -> {
            handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    count.incrementAndGet();
                }
            });
            return overview.facts(handle, TestCaller.global(), null, clock.instant());
        });
        return count.get();
    }

    private OverviewJson show() {
        return show(TestCaller.memberOf(group()), null);
    }

    private OverviewJson show(Caller caller, GroupId only) {
        return overview.show(caller, only, List.of(), clock.instant());
    }

    /** The replica set's. */
    private DeploymentJson deployment() {
        return show().groups().get(0).deployments().get(0);
    }

    private List<String> kinds() {
        return show().alerts().stream().map(AlertJson::kindName).toList();
    }

    private AlertJson alert(String kind) {
        List<AlertJson> found = show().alerts().stream()
                .filter(one -> one.kindName().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private void start(Cluster cluster) {
        all.api()
                .patch(
                        "/api/public/v1.0/groups/" + group() + "/backupConfigs/" + cluster.id(),
                        "{\"statusName\":\"STARTED\",\"storageEngineName\":\"WIRED_TIGER\"}");
        database.change(tx -> tx.execute("UPDATE backup_config SET status = 'STARTED' WHERE status = 'PROVISIONING'"));
    }

    private void drill(Snapshot snapshot, DrillState state) {
        nextDrill = new DrillResult(state, 1, 1, null, state == DrillState.FAILED ? "one file differs" : null);
        drills.makeNow(snapshot);
    }

    private void commit(SnapshotId snapshot, int mirror) {
        var part = all.made
                .snapshots
                .beginPart(group(), snapshot, TestSnapshots.part(all.there.mirrors.get(mirror)))
                .part()
                .id();
        assertThat(all.made.snapshots.partCommitted(group(), part, TestSnapshots.summary(1000)))
                .isPresent();
    }

    private void delete(SnapshotId id) {
        database.change(tx -> tx.execute(
                "UPDATE snapshot SET deleted = ? WHERE id = ?", clock.instant().toEpochMilli(), id.hex()));
    }

    private Snapshot snapshot(SnapshotId id) {
        return all.made.snapshots.find(id).orElseThrow();
    }

    private static NewHost host(String name, HostType type) {
        return new NewHost(null, name, 27017, type, "3.0.9", null, null, null);
    }

    private GroupId group() {
        return all.made.group;
    }
}
