package dev.holdfast.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentRoutesTest {
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId OTHER = new GroupId("0123456789abcdef01234567");
    private static final HostId HOST = new HostId("0a000000000000000000000000000000");
    private static final String POLL = "{\"agent\":\"db1\",\"instance\":\"1\",\"version\":\"0.1.0\",\"hosts\":[\""
            + HOST + "\"],\"kinds\":[\"CAPTURE\",\"DANCE\"]}";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2016-02-21T23:51:41Z"));
    private Database database;
    private Agents agents;
    private TestApi api;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, List.of(Agents.MIGRATIONS));
        agents = new Agents(database, clock, new ObjectIds(clock, new Random(1)), AgentsSettings.DEFAULTS);
        api = new TestApi(TestCaller.memberOf(GROUP), clock.instant(), new AgentRoutes(agents));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void onlyAgentsMayAsk() {
        assertThat(api.routes()).extracting(TestApi.Route::need).containsOnly(Need.AGENT);
        assertThat(api.post("/agent/v1/groups/" + OTHER + "/agents/poll", POLL).status())
                .isEqualTo(401);
    }

    @Test
    void work_isAskedFor_reportedOn_andDone() {
        assertThat(text(poll(POLL))).isEqualTo("{\"pollSeconds\":10}");
        AssignmentId id = assign();
        assertThat(text(poll(POLL)))
                .isEqualTo("{\"assignment\":{\"assignmentId\":\"" + id + "\",\"attempt\":1,\"hostId\":\"" + HOST
                        + "\",\"kind\":\"CAPTURE\",\"leaseSeconds\":120,\"payload\":{\"snapshotId\":\"s\"}},"
                        + "\"pollSeconds\":10}");
        assertThat(text(report(id, "progress", "{\"attempt\":1,\"step\":\"sending\",\"done\":1,\"total\":2}")))
                .isEqualTo("{\"leaseSeconds\":120}");
        String done = "{\"attempt\":1,\"result\":{\"partId\":\"p\"}}";
        assertThat(report(id, "done", done).status()).isEqualTo(204);
        assertThat(report(id, "done", done).status()).isEqualTo(204);
        assertThat(report(id, "progress", "{\"attempt\":1,\"step\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(agents.find(GROUP, id).orElseThrow().result().get("partId").textValue())
                .isEqualTo("p");
    }

    @Test
    void aLongReason_isCut() {
        AssignmentId id = assign();
        poll(POLL);
        String reason = "x".repeat(AgentWork.MAX_REASON + 1);
        assertThat(report(id, "fail", "{\"attempt\":1,\"reason\":\"" + reason + "\",\"again\":false}")
                        .status())
                .isEqualTo(204);
        assertThat(agents.find(GROUP, id).orElseThrow().reason()).hasSize(AgentWork.MAX_REASON);
    }

    @Test
    void anotherProjectsWork_isNone() {
        AssignmentId id = assign();
        poll(POLL);
        TestApi foreign = new TestApi(TestCaller.memberOf(OTHER), clock.instant(), new AgentRoutes(agents));
        String path = "/agent/v1/groups/" + OTHER + "/assignments/" + id + "/done";
        assertThat(foreign.post(path, "{\"attempt\":1}").status()).isEqualTo(404);
        assertThat(agents.find(GROUP, id).orElseThrow().state()).isEqualTo(AssignmentState.LEASED);
    }

    @Test
    void pollsThatCannotBeUsed_areRefused() {
        for (String name : List.of("agent", "instance", "version")) {
            for (String bad : List.of("null", "\"\"", "7", "[]", "\"a b\"", "\"a/b\"", "\"" + "x".repeat(129) + "\"")) {
                String body = POLL.replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":" + bad);
                assertThat(poll(body).status()).as(body).isEqualTo(400);
            }
        }
        for (String bad : List.of("null", "\"a\"", "[1]", "[\"\"]", "[\"" + HOST + "0\"]", "{}")) {
            String body = POLL.replace("[\"" + HOST + "\"]", bad);
            assertThat(poll(body).status()).as(body).isEqualTo(400);
        }
        String many = "\"" + HOST + "\"" + (",\"" + HOST + "\"").repeat(AgentWork.MAX_HOSTS);
        assertThat(poll(POLL.replace("\"" + HOST + "\"", many)).status()).isEqualTo(400);
        assertThat(poll(POLL.replace("\"kinds\"", "\"more\"")).status()).isEqualTo(400);
        assertThat(poll("[]").status()).isEqualTo(400);
        assertThat(agents.list(GROUP)).isEmpty();
    }

    @Test
    void reportsThatCannotBeUsed_areRefused() {
        AssignmentId id = assign();
        poll(POLL);
        for (String bad : List.of("0", "-1", "1.5", "\"x\"", "null", "2147483648", "{}")) {
            assertThat(report(id, "done", "{\"attempt\":" + bad + "}").status())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(report(id, "done", "{\"attempt\":1,\"result\":7}").status()).isEqualTo(400);
        assertThat(report(id, "done", "{\"attempt\":1,\"x\":7}").status()).isEqualTo(400);
        assertThat(report(id, "done", "{\"attempt\":2}").status()).isEqualTo(404);
        assertThat(report(id, "fail", "{\"attempt\":1,\"again\":true}").status())
                .isEqualTo(400);
        assertThat(report(id, "fail", "{\"attempt\":1,\"reason\":\"r\"}").status())
                .isEqualTo(400);
        assertThat(report(id, "progress", "{\"attempt\":1,\"step\":\"s\",\"done\":-1}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/agent/v1/groups/" + GROUP + "/assignments/x/done", "{\"attempt\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(agents.find(GROUP, id).orElseThrow().state()).isEqualTo(AssignmentState.LEASED);
    }

    private AssignmentId assign() {
        return agents.assign(new NewAssignment(
                GROUP,
                AssignmentKind.CAPTURE,
                List.of(HOST),
                ApiJson.mapper().createObjectNode().put("snapshotId", "s"),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                3));
    }

    private Answer poll(String body) {
        return api.post("/agent/v1/groups/" + GROUP + "/agents/poll", body);
    }

    private Answer report(AssignmentId id, String verb, String body) {
        return api.post("/agent/v1/groups/" + GROUP + "/assignments/" + id + "/" + verb, body);
    }

    private static String text(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return new String(ApiJson.write(answer.document(), false), StandardCharsets.UTF_8);
    }
}
