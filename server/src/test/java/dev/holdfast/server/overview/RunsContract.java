package dev.holdfast.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.RunJson;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.NewAssignment;
import dev.holdfast.server.agents.TestAgent;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.restorejob.AgentRestores;
import dev.holdfast.server.restorejob.RestoreJobs;
import dev.holdfast.server.schedule.TestBackups;
import dev.holdfast.server.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents were asked for, of both kinds in one list. */
abstract class RunsContract {
    static final List<String> MIGRATIONS = Stream.concat(
                    TestBackups.MIGRATIONS.stream(), Stream.of(RestoreJobs.MIGRATIONS))
            .toList();

    private Database database;
    private TestBackups all;
    private TestClock clock;
    private TestAgent agent;
    private HostId host;
    private Runs runs;

    abstract Database open();

    @BeforeEach
    void build() {
        database = open();
        all = new TestBackups(database);
        clock = all.there.clock;
        host = all.host(all.there.replicaSet.id());
        agent = all.agent("a", host);
        runs = new Runs(database, all.agents, new AgentRestores(all.agents));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void snapshot_isQueued_runs_andIsDone() {
        snapshotIsDue();
        assertThat(only().stateName()).isEqualTo("QUEUED");
        assertThat(only().kindName()).isEqualTo("SNAPSHOT");
        assertThat(only().onDemand()).isFalse();
        assertThat(only().work()).hasSize(1);
        assertThat(only().work().get(0).agent()).isNull();
        Assignment work = agent.poll().orElseThrow();
        assertThat(only().stateName()).isEqualTo("RUNNING");
        assertThat(only().work().get(0).agent()).isEqualTo("a");
        assertThat(only().work().get(0).hostId()).isEqualTo(host.hex());
        all.capture(work);
        agent.done(work);
        all.round();
        assertThat(only().stateName()).isEqualTo("DONE");
        assertThat(only().ended()).isNotNull();
        assertThat(only().reason()).isNull();
        assertThat(only().clusterId()).isEqualTo(all.there.replicaSet.id().hex());
    }

    @Test
    void snapshotThatFailed_saysWhy() {
        snapshotIsDue();
        agent.failed(agent.poll().orElseThrow(), "the disk is on fire", false);
        all.round();
        assertThat(only().stateName()).isEqualTo("FAILED");
        assertThat(only().reason()).contains("the disk is on fire");
        assertThat(only().work().get(0).stateName()).isEqualTo("FAILED");
    }

    @Test
    void restore_isQueued_runs_andIsDone() {
        restore("a".repeat(24), "IN_PROGRESS", host);
        assertThat(only().stateName()).isEqualTo("QUEUED");
        assertThat(only().kindName()).isEqualTo("RESTORE");
        assertThat(only().jobId()).isEqualTo("a".repeat(24));
        assertThat(only().due()).isNull();
        Assignment work = agent.poll().orElseThrow();
        assertThat(only().stateName()).isEqualTo("RUNNING");
        assertThat(only().ended()).isNull();
        agent.done(work);
        assertThat(only().stateName()).isEqualTo("DONE");
        assertThat(only().ended()).isNotNull();
    }

    @Test
    void restoreThatNoAgentTook_hasFailed_thoughNobodyAsksForWorkAnyMore() {
        restore("a".repeat(24), "IN_PROGRESS", host);
        clock.advance(Duration.ofHours(2));
        assertThat(only().stateName()).isEqualTo("FAILED");
        assertThat(only().reason()).contains("no agent took it in time");
    }

    @Test
    void killedRestore_isCancelled_andOneWhoseTargetIsGone_hasFailed() {
        restore("a".repeat(24), "KILLED", host);
        assertThat(only().stateName()).isEqualTo("CANCELLED");
        clock.advance(Duration.ofMinutes(1));
        restore("b".repeat(24), "IN_PROGRESS", host);
        database.change(tx -> tx.execute("DELETE FROM assignment"));
        assertThat(page(1, 10).runs().get(0).stateName()).isEqualTo("FAILED");
    }

    @Test
    void bothKinds_areOneList_newestFirst_pageByPage() {
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMinutes(1));
            restore((i + "a").repeat(12), "KILLED", host);
            if (i == 1) {
                clock.advance(Duration.ofMinutes(1));
                snapshotIsDue();
            }
        }
        List<String> kinds = List.of("3a", "2a", "SNAPSHOT", "1a", "0a");
        for (int size = 1; size <= 6; size++) {
            List<String> seen = new ArrayList<>();
            for (int number = 1; (number - 1) * size < 5; number++) {
                Runs.Page page = page(number, size);
                assertThat(page.total()).isEqualTo(5);
                page.runs()
                        .forEach(run -> seen.add(
                                run.jobId() == null ? "SNAPSHOT" : run.jobId().substring(0, 2)));
            }
            assertThat(seen).as("pages of %s", size).isEqualTo(kinds);
        }
        assertThat(page(7, 10).runs()).isEmpty();
        assertThat(page(Integer.MAX_VALUE, 500).runs()).isEmpty();
    }

    @Test
    void otherProjects_areNotInIt() {
        snapshotIsDue();
        restore("a".repeat(24), "IN_PROGRESS", host);
        GroupId other = all.there.groups.create("Chemistry").id();
        assertThat(runs.page(other, new Paging(1, 10, true)).runs()).isEmpty();
        assertThat(runs.page(other, new Paging(1, 10, true)).total()).isZero();
    }

    private RunJson only() {
        Runs.Page page = page(1, 10);
        assertThat(page.total()).isEqualTo(1);
        return page.runs().get(0);
    }

    private Runs.Page page(int number, int size) {
        return runs.page(all.made.group, new Paging(number, size, true));
    }

    private void snapshotIsDue() {
        all.api()
                .patch(
                        "/api/public/v1.0/groups/" + all.made.group + "/backupConfigs/" + all.there.replicaSet.id(),
                        "{\"statusName\":\"STARTED\",\"storageEngineName\":\"WIRED_TIGER\"}");
        all.round();
        all.round();
    }

    /** A job that restores to a host of the project, as its room keeps it. */
    private void restore(String job, String state, HostId to) {
        AssignmentId work = all.agents.assign(new NewAssignment(
                all.made.group,
                AssignmentKind.RESTORE,
                List.of(to),
                ApiJson.mapper().createObjectNode().put("jobId", job),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                3));
        database.change(tx -> {
            tx.execute(
                    "INSERT INTO restore_job (id, group_id, snapshot_id, part_id, state, created, max_downloads,"
                            + " expiration_hours, expires, timestamp_seconds, timestamp_increment, encryption_enabled,"
                            + " target_group_id, target_cluster_id) VALUES (?, ?, ?, ?, ?, ?, 1, 1, ?, 1, 1, 0, ?, ?)",
                    job,
                    all.made.group.hex(),
                    "c".repeat(24),
                    "d".repeat(24),
                    state,
                    clock.instant().toEpochMilli(),
                    clock.instant().plus(Duration.ofHours(1)).toEpochMilli(),
                    all.made.group.hex(),
                    all.there.replicaSet.id().hex());
            tx.execute(
                    "INSERT INTO restore_target (job_id, position, group_id, host_id, assignment_id)"
                            + " VALUES (?, 0, ?, ?, ?)",
                    job,
                    all.made.group.hex(),
                    to.hex(),
                    work.hex());
        });
    }
}
