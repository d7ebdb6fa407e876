package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentWatch;
import dev.holdfast.server.agents.NewAssignment;
import dev.holdfast.server.agents.TestAgent;
import dev.holdfast.server.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole automated restore ends once, however its hosts do. */
abstract class AgentRestoresContract {
    private static final Instant NOW = Instant.parse("2016-02-22T10:00:00Z");
    private static final GroupId SOURCE = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId TARGET = new GroupId("5196d3628d022db4cbc26d9f");
    private static final HostId ONE = new HostId("5196d3628d022db4cbc26d0100000000");
    private static final HostId TWO = new HostId("5196d3628d022db4cbc26d0200000000");

    private final TestClock clock = new TestClock(NOW);
    private final ObjectIds ids = new ObjectIds(clock, new Random(4));
    private final List<String> ends = Collections.synchronizedList(new ArrayList<>());
    private Database database;
    private Agents agents;
    private AgentRestores restores;

    abstract Database open();

    @BeforeEach
    void openRooms() {
        database = open();
        agents = new Agents(database, clock, ids, AgentsSettings.DEFAULTS, new Ends());
        restores = new AgentRestores(agents);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Asks as the wiring does; what is undone with its transaction is not told. */
    private final class Ends implements AssignmentWatch {
        @Override
        public void done(Handle tx, Assignment work, Instant now) {
            tell(tx, work, null);
        }

        @Override
        public void failed(Handle tx, Assignment work, String reason, Instant now) {
            tell(tx, work, reason);
        }

        private void tell(Handle tx, Assignment work, String reason) {
            Optional<AgentRestores.End> end = restores.endWith(tx, work, reason);
            end.ifPresent(found -> tx.afterCommit(() -> ends.add(found.job().id() + " " + found.reason())));
        }
    }

    @Test
    void jobIsFinished_withItsLastHost() {
        JobId job = job(ONE, TWO);
        work(ONE).done();
        assertThat(ends).isEmpty();
        work(TWO).done();
        assertThat(ends).containsExactly(job + " null");
    }

    @Test
    void jobHasFailed_withItsFirstHostThatDid_andNeverFinishes() {
        JobId job = job(ONE, TWO);
        work(ONE).failed("the disk is full");
        work(TWO).done();
        assertThat(ends).containsExactly(job + " the disk is full");
    }

    @Test
    void jobWhoseHostsFailTogether_hasFailedOnce() {
        JobId job = job(ONE, TWO);
        clock.advance(Duration.ofHours(3));
        agents.lapse(TARGET);
        assertThat(ends).containsExactly(job + " no agent took it in time");
    }

    @Test
    void hostsThatEndAtOnce_endTheJobOnce() {
        for (int round = 0; round < 5; round++) {
            ends.clear();
            JobId job = job(ONE, TWO);
            Work one = work(ONE);
            Work two = work(TWO);
            CompletableFuture<Void> first = CompletableFuture.runAsync(one::done);
            CompletableFuture<Void> second = CompletableFuture.runAsync(two::done);
            CompletableFuture.allOf(first, second).join();
            assertThat(ends).containsExactly(job + " null");
        }
    }

    @Test
    void killedJob_andOtherWork_haveNoEnd() {
        JobId job = job(ONE);
        Work held = work(ONE);
        database.change(tx -> RestoreJobTable.setKilled(tx, job, "stopped"));
        held.done();
        assign(AssignmentKind.CAPTURE, ONE);
        work(ONE).failed("no");
        assertThat(ends).isEmpty();
    }

    @Test
    void listIsOfTheProjectThatIsRestoredInto_newestFirst() {
        JobId older = job(ONE);
        clock.advance(Duration.ofMinutes(1));
        JobId newer = job(ONE, TWO);
        database.read(handle -> {
            assertThat(restores.newest(handle, TARGET, 10))
                    .extracting(RestoreJob::id)
                    .containsExactly(newer, older);
            assertThat(restores.newest(handle, TARGET, 1))
                    .extracting(RestoreJob::id)
                    .containsExactly(newer);
            assertThat(restores.count(handle, TARGET)).isEqualTo(2);
            assertThat(restores.newest(handle, SOURCE, 10)).isEmpty();
            assertThat(restores.work(handle, List.of(newer)).get(newer)).hasSize(2);
            return null;
        });
    }

    private JobId job(HostId... hosts) {
        JobId id = new JobId(ids.next());
        RestoreJob job = new RestoreJob(
                id,
                SOURCE,
                null,
                null,
                new ClusterId(ids.next()),
                null,
                new SnapshotId(ids.next()),
                new PartId(ids.next()),
                RestoreJobState.IN_PROGRESS,
                clock.instant(),
                new DeliveryTerms(1, 1, clock.instant().plus(Duration.ofHours(1))),
                1,
                1,
                false,
                null,
                null,
                false,
                new RestoreTarget(TARGET, new ClusterId(ids.next())),
                null);
        database.change(tx -> RestoreJobTable.insert(tx, job));
        int position = 0;
        for (HostId host : hosts) {
            TargetTable.Row row = new TargetTable.Row(id, TARGET, host, assign(AssignmentKind.RESTORE, host));
            int place = position++;
            database.change(tx -> TargetTable.insert(tx, place, row));
        }
        return id;
    }

    private AssignmentId assign(AssignmentKind kind, HostId host) {
        return agents.assign(new NewAssignment(
                TARGET,
                kind,
                List.of(host),
                ApiJson.mapper().createObjectNode(),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                1));
    }

    /** What the agent of a host has been given. */
    private Work work(HostId host) {
        TestAgent agent = new TestAgent(agents, TARGET, "agent of " + host, List.of(host));
        return new Work(agent, agent.poll().orElseThrow());
    }

    private record Work(TestAgent agent, Assignment assignment) {
        void done() {
            agent.done(assignment);
        }

        void failed(String reason) {
            agent.failed(assignment, reason, false);
        }
    }
}
