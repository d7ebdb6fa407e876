package dev.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.TestAgent;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.schedule.SnapshotRun.Kind;
import dev.holdfast.server.schedule.SnapshotRun.State;
import dev.holdfast.server.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots are taken when they are due, once, whatever happens; on every database. */
abstract class SchedulerContract {
    private Database database;
    private TestBackups all;
    private Scheduler scheduler;
    private Cluster set;
    private TestAgent agent;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        all = new TestBackups(database);
        scheduler = all.scheduler("one");
        set = all.there.replicaSet;
        agent = all.agent("a", all.host(set.id()));
    }

    @AfterEach
    void closeDatabase() {
        scheduler.close();
        database.close();
    }

    @Test
    void aBackupThatIsStarted_takesASnapshotAtOnce_thenEverySixHours() {
        start(set);
        assertThat(status(set)).isEqualTo("PROVISIONING");
        scheduler.round();
        assertThat(status(set)).isEqualTo("STARTED");
        work();
        assertThat(complete(set)).isEqualTo(1);
        for (int i = 1; i <= 4; i++) {
            advance(Duration.ofHours(6));
            scheduler.round();
            scheduler.round();
            work();
            assertThat(complete(set)).isEqualTo(1 + i);
        }
        assertThat(latestRun(set).state()).isEqualTo(State.DONE);
    }

    @Test
    void aSnapshotIsIncompleteWhileItIsMade() {
        start(set);
        scheduler.round();
        assertThat(all.snapshots(set.id())).hasSize(1);
        assertThat(complete(set)).isZero();
        assertThat(latestRun(set).state()).isEqualTo(State.RUNNING);
        work();
        assertThat(complete(set)).isEqualTo(1);
    }

    @Test
    void ofSnapshotsThatWereMissed_oneIsTaken() {
        start(set);
        scheduler.round();
        work();
        advance(Duration.ofDays(3));
        scheduler.round();
        work();
        scheduler.round();
        assertThat(runs(set)).hasSize(2);
        assertThat(agent.poll()).isEmpty();
    }

    @Test
    void nothingIsTaken_whileItIsStopped_andTheLatestMissedOneAfter() {
        start(set);
        scheduler.round();
        work();
        patch(set, "STOPPED", 202);
        advance(Duration.ofHours(20));
        scheduler.round();
        assertThat(runs(set)).hasSize(1);
        patch(set, "STARTED", 202);
        assertThat(status(set)).isEqualTo("STARTED");
        scheduler.round();
        work();
        assertThat(runs(set)).hasSize(2);
        assertThat(complete(set)).isEqualTo(2);
    }

    @Test
    void aSnapshotThatIsStillMade_keepsTheNextFromBeginning() {
        start(set);
        scheduler.round();
        Assignment slow = agent.poll().orElseThrow();
        for (int i = 0; i < 8; i++) {
            advance(Duration.ofHours(1));
            // the lease lapses and comes back, as with an agent that is cut off now and then
            scheduler.round();
            slow = agent.poll().orElse(slow);
        }
        assertThat(runs(set)).hasSizeLessThanOrEqualTo(2);
        assertThat(running()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void anAgentThatDies_losesItsWorkToAnother() {
        TestAgent other = all.agent("b", all.host(set.id()));
        start(set);
        scheduler.round();
        assertThat(agent.poll()).isPresent();
        assertThat(other.poll()).isEmpty();
        advance(Duration.ofMinutes(3));
        Assignment taken = other.poll().orElseThrow();
        assertThat(taken.attempt()).isEqualTo(2);
        all.capture(taken);
        other.done(taken);
        scheduler.round();
        assertThat(complete(set)).isEqualTo(1);
    }

    @Test
    void anAgentThatDiesAfterTheCommit_hasDoneItsWork() {
        start(set);
        scheduler.round();
        Assignment work = agent.poll().orElseThrow();
        all.capture(work);
        scheduler.round();
        assertThat(latestRun(set).state()).isEqualTo(State.DONE);
        advance(Duration.ofMinutes(3));
        scheduler.round();
        assertThat(complete(set)).isEqualTo(1);
    }

    @Test
    void aRunThatFails_isOver_andTheNextComesWhenItIsDue() {
        start(set);
        scheduler.round();
        agent.failed(agent.poll().orElseThrow(), "the disk is gone", false);
        scheduler.round();
        SnapshotRun failed = latestRun(set);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).contains("the disk is gone");
        assertThat(complete(set)).isZero();
        scheduler.round();
        assertThat(runs(set)).hasSize(1);
        advance(Duration.ofHours(6));
        scheduler.round();
        work();
        assertThat(complete(set)).isEqualTo(1);
        // the day's, week's and month's is the one that there is
        assertThat(latestRun(set).classes()).isEqualTo(failed.classes());
        assertThat(failed.classes().month()).isNotNull();
    }

    @Test
    void whatNobodyTakes_isGivenUpBeforeTheNextOne() {
        start(set);
        scheduler.round();
        advance(Duration.ofHours(6));
        scheduler.round();
        assertThat(runs(set)).extracting(SnapshotRun::state).contains(State.FAILED);
        assertThat(running()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void everyMemberOfAShardedCluster_isCaptured_andOneMirror() {
        Cluster sharded = all.there.shardedWithCsrs;
        start(sharded);
        scheduler.round();
        TestAgent csrs = all.agent("m", all.host(all.there.csrs.id()));
        Assignment work = csrs.poll().orElseThrow();
        assertThat(work.payload().get("clusterId").textValue())
                .isEqualTo(all.there.csrs.id().hex());
        all.capture(work);
        csrs.done(work);
        scheduler.round();
        assertThat(complete(sharded)).isEqualTo(1);

        start(all.there.sharded);
        scheduler.round();
        TestAgent mirror = all.agent(
                "c", all.there.mirrors.get(1).id(), all.there.mirrors.get(2).id());
        Assignment config = mirror.poll().orElseThrow();
        assertThat(config.payload().has("clusterId")).isFalse();
        assertThat(config.host()).isEqualTo(all.there.mirrors.get(1).id());
        all.capture(config);
        mirror.done(config);
        assertThat(mirror.poll()).isEmpty();
        TestAgent shard = all.agent("s", all.there.member.id());
        Assignment first = shard.poll().orElseThrow();
        all.capture(first);
        shard.done(first);
        // no host of the other shard is known: it is missing
        scheduler.round();
        Snapshot left = all.snapshots(all.there.sharded.id()).get(0);
        assertThat(left.clusterComplete()).isFalse();
        assertThat(left.parts()).hasSize(2);
        assertThat(latestRun(all.there.sharded).reason()).contains("no host of it is known");
    }

    @Test
    void twoNodesAtOnce_beginItOnce() throws Exception {
        start(set);
        BackupConfig started =
                database.read(handle -> all.configs.find(handle, set)).with(BackupStatus.STARTED);
        database.change(tx -> BackupConfigTable.put(tx, started));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tries.add(() -> all.runs.beginDue(started, all.there.clock.instant()));
            }
            int begun = 0;
            for (Future<Boolean> answer : threads.invokeAll(tries)) {
                try {
                    begun += answer.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    // the key refused it: nothing was left
                    assertThat(e.getCause()).hasMessageContaining("already");
                }
            }
            assertThat(begun).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(all.snapshots(set.id())).hasSize(1);
    }

    @Test
    void oneOfTwoNodes_schedules_andTheOtherTakesOver() {
        try (Scheduler second = all.scheduler("two")) {
            scheduler.round();
            start(set);
            second.round();
            assertThat(status(set)).isEqualTo("PROVISIONING");
            scheduler.close();
            second.round();
            assertThat(status(set)).isEqualTo("STARTED");
        }
    }

    @Test
    void terminating_deletesEverySnapshot_thenItIsInactive() {
        start(set);
        scheduler.round();
        work();
        advance(Duration.ofHours(6));
        scheduler.round();
        Assignment late = agent.poll().orElseThrow();
        database.change(
                tx -> tx.execute("UPDATE snapshot SET do_not_delete = 1, expires = NULL WHERE cluster_complete = 1"));
        patch(set, "STOPPED", 202);
        assertThat(all.snapshots(set.id())).hasSize(2);
        patch(set, "TERMINATING", 202);
        assertThat(status(set)).isEqualTo("TERMINATING");
        scheduler.round();
        assertThat(status(set)).isEqualTo("INACTIVE");
        assertThat(all.snapshots(set.id())).isEmpty();
        assertThat(all.agents.find(all.group(), late.id()).orElseThrow().state().isEnd())
                .isTrue();
        assertThat(latestRun(set).state()).isEqualTo(State.FAILED);
        start(set);
        scheduler.round();
        assertThat(status(set)).isEqualTo("STARTED");
    }

    @Test
    void aSnapshotThatIsDeletedWhileItIsMade_endsItsRun() {
        start(set);
        scheduler.round();
        Assignment work = agent.poll().orElseThrow();
        database.change(tx -> tx.execute("UPDATE snapshot SET deleted = 1"));
        scheduler.round();
        assertThat(latestRun(set).state()).isEqualTo(State.FAILED);
        assertThat(all.agents.find(all.group(), work.id()).orElseThrow().state().isEnd())
                .isTrue();
    }

    @Test
    void snapshotsOfOneDay_areKeptAsLongAsTheirClasses() {
        start(set);
        scheduler.round();
        work();
        advance(Duration.ofHours(6));
        scheduler.round();
        work();
        List<Snapshot> two = all.snapshots(set.id());
        // 13 months for the first of the month, two days for the other
        assertThat(two.get(1).expires()).isEqualTo("2017-03-01T08:06:00Z");
        assertThat(two.get(0).expires()).isEqualTo("2016-02-03T14:06:00Z");
    }

    @Test
    void aShorterRetention_isForSnapshotsToCome_andLeavesThoseThatThereAre() {
        start(set);
        scheduler.round();
        work();
        Snapshot before = all.snapshots(set.id()).get(0);
        String schedule = "/api/public/v1.0/groups/" + all.group() + "/backupConfigs/" + set.id() + "/snapshotSchedule";
        String shorter = "{\"snapshotRetentionDays\":1,\"dailySnapshotRetentionDays\":0,"
                + "\"weeklySnapshotRetentionWeeks\":0,\"monthlySnapshotRetentionMonths\":0}";
        assertThat(all.api().patch(schedule, shorter).status()).isEqualTo(200);
        advance(Duration.ofHours(6));
        scheduler.round();
        work();
        List<Snapshot> two = all.snapshots(set.id());
        assertThat(two).hasSize(2);
        assertThat(two.get(1)).isEqualTo(before);
        assertThat(two.get(0).expires()).isEqualTo("2016-02-02T14:06:00Z");
    }

    @Test
    void onDemand_isTakenAtOnce_besideTheSchedule() {
        start(set);
        scheduler.round();
        work();
        all.runs.beginNow(set, Duration.ofDays(30), all.there.clock.instant());
        work();
        scheduler.round();
        assertThat(complete(set)).isEqualTo(2);
        assertThat(latestRun(set).kind()).isEqualTo(Kind.ON_DEMAND);
        assertThat(all.snapshots(set.id()).get(0).expires()).isEqualTo("2016-03-02T08:06:00Z");
    }

    private void start(Cluster cluster) {
        patch(cluster, "STARTED", 202);
    }

    private void patch(Cluster cluster, String status, int expected) {
        String path = "/api/public/v1.0/groups/" + all.group() + "/backupConfigs/" + cluster.id();
        assertThat(all.api().patch(path, "{\"statusName\":\"" + status + "\"}").status())
                .isEqualTo(expected);
    }

    private String status(Cluster cluster) {
        return database.read(handle -> all.configs.find(handle, cluster))
                .status()
                .name();
    }

    /** The agent does what there is to do, and a round sees it. */
    private void work() {
        Assignment work = agent.poll().orElseThrow();
        all.capture(work);
        agent.done(work);
        scheduler.round();
    }

    private void advance(Duration time) {
        all.there.clock.advance(time);
    }

    private long complete(Cluster cluster) {
        return all.snapshots(cluster.id()).stream()
                .filter(Snapshot::clusterComplete)
                .count();
    }

    private List<SnapshotRun> runs(Cluster cluster) {
        return database.read(handle -> RunTable.latest(handle, all.group(), cluster.id(), 100));
    }

    private SnapshotRun latestRun(Cluster cluster) {
        return runs(cluster).get(0);
    }

    private List<SnapshotRun> running() {
        return database.read(handle -> RunTable.running(handle, set.id()));
    }
}
