package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.agents.NewAssignment;
import dev.holdfast.server.audit.AuditTrail;
import dev.holdfast.server.events.Events;
import dev.holdfast.server.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the world is told of agents' work, by the real rooms. */
final class WitnessTest {
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final String JOB = "5196d3628d022db4cbc26d01";
    private static final HostId HOST = new HostId("5196d3628d022db4cbc26d0200000000");

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2016-03-04T22:07:27Z"));
    private Database database;
    private AuditTrail audit;
    private Agents agents;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(folder, List.of(Events.MIGRATIONS, AuditTrail.MIGRATIONS, Agents.MIGRATIONS));
        audit = new AuditTrail(database, List.of());
        ObjectIds ids = new ObjectIds(clock, new Random(1));
        agents = new Agents(database, clock, ids, AgentsSettings.DEFAULTS, new Witness(audit, new Events(database)));
    }

    @AfterEach
    void close() throws Exception {
        audit.close();
        database.close();
    }

    @Test
    void aRestoreThatNoAgentTakes_isToldOnce_withItsJobAndWhy() {
        assign(AssignmentKind.RESTORE);
        clock.advance(Duration.ofHours(2));
        agents.lapse(GROUP);
        agents.lapse(GROUP);
        assertThat(told()).hasSize(1);
        assertThat(told().get(0))
                .contains("\"type\":\"job.host-failed\"", "\"jobId\":\"" + JOB, "no agent took it in time")
                .doesNotContain("hostId");
    }

    @Test
    void workThatIsTakenBack_andCaptures_areNotTold() {
        var restore = assign(AssignmentKind.RESTORE);
        database.change(tx -> agents.cancel(tx, GROUP, restore, "stopped"));
        assign(AssignmentKind.CAPTURE);
        clock.advance(Duration.ofHours(2));
        agents.lapse(GROUP);
        assertThat(told()).isEmpty();
    }

    private AssignmentId assign(AssignmentKind kind) {
        return agents.assign(new NewAssignment(
                GROUP,
                kind,
                List.of(HOST),
                ApiJson.mapper().createObjectNode().put("jobId", JOB),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                3));
    }

    private List<String> told() {
        return database.read(handle -> handle.createQuery("SELECT text FROM event ORDER BY seq")
                .mapTo(String.class)
                .list());
    }
}
