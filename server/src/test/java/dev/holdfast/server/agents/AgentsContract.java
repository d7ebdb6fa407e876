package dev.holdfast.server.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Assignments on every database: who gets them, how they end. */
abstract class AgentsContract {
    static final List<String> MIGRATIONS = List.of(Agents.MIGRATIONS);
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId OTHER = new GroupId("0123456789abcdef01234567");
    private static final HostId A = new HostId("0a000000000000000000000000000000");
    private static final HostId B = new HostId("0b000000000000000000000000000000");
    private static final List<AssignmentKind> ALL = List.of(AssignmentKind.values());

    private final TestClock clock = new TestClock(Instant.parse("2016-02-21T23:51:41Z"));
    private Database database;
    private Agents agents;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        agents = new Agents(database, clock, new ObjectIds(clock, new Random(1)), AgentsSettings.DEFAULTS);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void work_goesToAnAgentThatServesItsBestHost_andToNobodyElse() {
        AssignmentId id = assign(B, A);
        assertThat(agents.take(GROUP, "x", "1", List.of(), ALL)).isEmpty();
        assertThat(agents.take(OTHER, "x", "1", List.of(A, B), ALL)).isEmpty();
        assertThat(agents.take(GROUP, "x", "1", List.of(A, B), List.of(AssignmentKind.RESTORE)))
                .isEmpty();
        Assignment taken = poll("x", "1", A, B).orElseThrow();
        assertThat(taken.id()).isEqualTo(id);
        assertThat(taken.host()).isEqualTo(B);
        assertThat(taken.attempt()).isEqualTo(1);
        assertThat(taken.payload().get("n").intValue()).isEqualTo(7);
        assertThat(poll("y", "1", A, B)).isEmpty();
    }

    @Test
    void theOldestWorkGoesFirst_andNoneBeforeItsTime() {
        AssignmentId first = assign(A);
        clock.advance(Duration.ofSeconds(1));
        AssignmentId second = assign(A);
        agents.assign(new NewAssignment(GROUP, AssignmentKind.CAPTURE, List.of(A), payload(), later(5), later(50), 3));
        assertThat(poll("x", "1", A).orElseThrow().id()).isEqualTo(first);
        assertThat(poll("x", "1", A).orElseThrow().id()).isEqualTo(second);
        assertThat(poll("x", "1", A)).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(poll("y", "1", A)).isPresent();
    }

    @Test
    void aLeaseThatIsRenewedLasts_andOneThatIsNotGoesToAnother() {
        AssignmentId id = assign(A);
        poll("x", "1", A);
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(100));
            agents.progress(GROUP, id, 1, "sending", i, 10);
            assertThat(poll("y", "1", A)).isEmpty();
        }
        assertThat(find(id).done()).isEqualTo(4);
        clock.advance(Duration.ofSeconds(121));
        Assignment again = poll("y", "1", A).orElseThrow();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.reason()).isEqualTo("agent x went silent");
        // the first one wakes up
        assertThatThrownBy(() -> agents.progress(GROUP, id, 1, "sending", 5, 10))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> agents.done(GROUP, id, 1, null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> agents.failed(GROUP, id, 1, "no", false)).isInstanceOf(Refusal.class);
        agents.done(GROUP, id, 2, payload());
        assertThat(find(id).state()).isEqualTo(AssignmentState.DONE);
        assertThat(find(id).result()).isEqualTo(payload());
    }

    @Test
    void anAgentThatWasStartedAgain_getsItsWorkAtOnce() {
        AssignmentId id = assign(A);
        poll("x", "1", A);
        assertThat(poll("x", "1", A)).isEmpty();
        Assignment again = poll("x", "2", A).orElseThrow();
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void aFailureRests_thenIsTriedAgain_untilThereWereEnough() {
        AssignmentId id = assign(A);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(poll("x", "1", A).orElseThrow().attempt()).isEqualTo(attempt);
            agents.failed(GROUP, id, attempt, "disk " + attempt, true);
            // the answer was lost, and the report comes again
            agents.failed(GROUP, id, attempt, "disk " + attempt, true);
            assertThat(poll("x", "1", A)).isEmpty();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(poll("x", "1", A)).isEmpty();
        assertThat(find(id).state()).isEqualTo(AssignmentState.FAILED);
        assertThat(find(id).reason()).isEqualTo("disk 3");
        assertThat(find(id).ended()).isNotNull();
    }

    @Test
    void aFailureForGood_isNotTriedAgain() {
        AssignmentId id = assign(A);
        poll("x", "1", A);
        agents.failed(GROUP, id, 1, "not empty", false);
        clock.advance(Duration.ofHours(1));
        assertThat(poll("x", "1", A)).isEmpty();
        assertThat(find(id).state()).isEqualTo(AssignmentState.FAILED);
    }

    @Test
    void done_saidAgainIsTheSame() {
        AssignmentId id = assign(A);
        poll("x", "1", A);
        agents.done(GROUP, id, 1, null);
        Assignment done = find(id);
        clock.advance(Duration.ofMinutes(1));
        agents.done(GROUP, id, 1, null);
        assertThat(find(id)).isEqualTo(done);
    }

    @Test
    void workThatNobodyTook_isGivenUpWhenItsTimeIsOver() {
        AssignmentId id = assign(A);
        clock.advance(Duration.ofHours(5));
        agents.lapse(GROUP);
        assertThat(find(id).state()).isEqualTo(AssignmentState.FAILED);
        assertThat(find(id).reason()).isEqualTo("no agent took it in time");
    }

    @Test
    void workUnderWay_mayEndAfterItsTime() {
        AssignmentId id = assign(A);
        clock.advance(Duration.ofMinutes(239));
        poll("x", "1", A);
        clock.advance(Duration.ofSeconds(100));
        agents.lapse(GROUP);
        agents.done(GROUP, id, 1, null);
        assertThat(find(id).state()).isEqualTo(AssignmentState.DONE);
    }

    @Test
    void whatIsCancelled_isRefusedToItsAgent() {
        AssignmentId id = assign(A);
        poll("x", "1", A);
        database.change(tx -> agents.cancel(tx, GROUP, id, "stopped"));
        assertThatThrownBy(() -> agents.progress(GROUP, id, 1, "sending", 1, 2)).isInstanceOf(Refusal.class);
        assertThat(find(id).state()).isEqualTo(AssignmentState.CANCELLED);
        assertThat(poll("y", "1", A)).isEmpty();
    }

    @Test
    void hosts_areServedWhileTheirAgentIsHeardOf() {
        poll("x", "1", A);
        assertThat(agents.served(GROUP)).containsExactly(A);
        AssignmentId id = assign(A);
        poll("x", "1", A, B);
        clock.advance(Duration.ofSeconds(100));
        agents.progress(GROUP, id, 1, "sending", 1, 2);
        clock.advance(Duration.ofSeconds(100));
        assertThat(agents.served(GROUP)).containsExactlyInAnyOrder(A, B);
        assertThat(agents.served(OTHER)).isEmpty();
        clock.advance(Duration.ofSeconds(100));
        assertThat(agents.served(GROUP)).isEmpty();
        assertThat(agents.list(GROUP)).extracting(Agent::name).containsExactly("x");
    }

    @Test
    void ofManyThatAskAtOnce_oneGetsIt() throws Exception {
        assign(A);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Optional<Assignment>>> polls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "agent" + i;
                polls.add(() -> poll(name, "1", A));
            }
            int taken = 0;
            for (Future<Optional<Assignment>> answer : threads.invokeAll(polls)) {
                taken += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aProjectThatIsForgotten_leavesNothing() {
        AssignmentId id = assign(A);
        poll("x", "1", A);
        database.change(tx -> agents.forget(tx, GROUP));
        assertThat(agents.find(GROUP, id)).isEmpty();
        assertThat(agents.list(GROUP)).isEmpty();
    }

    private Optional<Assignment> poll(String name, String instance, HostId... hosts) {
        agents.heard(GROUP, name, instance, "0.1.0", List.of(hosts));
        return agents.take(GROUP, name, instance, List.of(hosts), ALL);
    }

    private AssignmentId assign(HostId... hosts) {
        return agents.assign(new NewAssignment(
                GROUP, AssignmentKind.CAPTURE, List.of(hosts), payload(), clock.instant(), later(240), 3));
    }

    private Instant later(int minutes) {
        return clock.instant().plus(Duration.ofMinutes(minutes));
    }

    private Assignment find(AssignmentId id) {
        return agents.find(GROUP, id).orElseThrow();
    }

    private static ObjectNode payload() {
        return ApiJson.mapper().createObjectNode().put("n", 7);
    }
}
