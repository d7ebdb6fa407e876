package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.agent.freeze.FreezeCommands;
import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.agent.served.CaptureTask;
import dev.holdfast.agent.served.ServedHost;
import dev.holdfast.agent.work.TaskFailed;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an agent does with an order to capture. */
class CaptureTaskTest extends CaptureScene {
    private static final String SNAPSHOT = "5f0000000000000000000042";
    private static final String CLUSTER = "5f0000000000000000000043";

    private final List<String> steps = new ArrayList<>();

    @Test
    void itJoinsTheSnapshot_withThePartOfItsMember_andCommitsIt() throws Exception {
        write("collection-0.wt", 100_000);
        ObjectNode result = run(served(FreezeCommands.NONE), order(CLUSTER));
        assertThat(server.requests).contains("POST snapshots/" + SNAPSHOT + "/parts");
        assertThat(server.requestsTo("snapshots/")).isEqualTo(2);
        assertThat(server.snapshotsCommitted).containsExactly(SNAPSHOT);
        assertThat(server.parts.get(0).clusterId()).isEqualTo(CLUSTER);
        assertThat(server.parts.get(0).hostId()).isNull();
        assertThat(result.get("complete").booleanValue()).isTrue();
        assertThat(steps).startsWith("freezing").contains("sending", "committing");
        assertThat(server.restored).containsKey("collection-0.wt");
    }

    @Test
    void aMirror_isItsOwnPart() throws Exception {
        write("config.0", 1000);
        run(served(FreezeCommands.NONE), order(null));
        assertThat(server.parts.get(0).clusterId()).isNull();
        assertThat(server.parts.get(0).hostId()).isEqualTo(HOST.hex());
    }

    @Test
    void theFilesAreRead_whileTheyAreFrozen() throws Exception {
        // what the freeze writes is captured, what the thaw writes is not
        List<String> freeze = List.of("/bin/sh", "-c", "echo frozen > \"$HOLDFAST_DBPATH/state\"");
        List<String> thaw = List.of("/bin/sh", "-c", "echo thawed > \"$HOLDFAST_DBPATH/state\"");
        write("collection-0.wt", 1000);
        run(served(new FreezeCommands(freeze, thaw, Duration.ofSeconds(20), Duration.ofSeconds(20))), order(CLUSTER));
        assertThat(new String(server.restored.get("state").content(), StandardCharsets.UTF_8))
                .isEqualTo("frozen\n");
        assertThat(Files.readString(data.resolve("state"))).isEqualTo("thawed\n");
        // the files were last written by the freeze
        assertThat(server.parts.get(0).unchangedSinceMillis()).isPositive();
    }

    @Test
    void whatItDoesNotServe_itLeavesToOthers() {
        ServedHost other = ServedHost.of(new HostId("f".repeat(32)), data);
        assertThatThrownBy(() -> run(other, order(CLUSTER)))
                .isInstanceOfSatisfying(
                        TaskFailed.class, failed -> assertThat(failed.again()).isTrue());
        assertThatThrownBy(() -> run(served(FreezeCommands.NONE), order("not an id")))
                .isInstanceOfSatisfying(
                        TaskFailed.class, failed -> assertThat(failed.again()).isFalse());
        assertThat(server.requests).isEmpty();
    }

    private ServedHost served(FreezeCommands commands) {
        return new ServedHost(HOST, data, false, commands, Set.of(), null, null, null);
    }

    private ObjectNode run(ServedHost host, AgentWork.CaptureOrder order) throws Exception {
        RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(1), Duration.ofSeconds(30));
        CaptureTask task = new CaptureTask(
                new Capture(Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, policy),
                new CaptureSettings.Server(
                        server.url(), new GroupId(AgentApiServer.GROUP), AgentKey.of(AgentApiServer.KEY, "the test")),
                2,
                List.of(host),
                temp,
                duration -> {},
                notice -> {});
        AgentWork.Assigned work = new AgentWork.Assigned(
                "5f0000000000000000000009",
                1,
                AssignmentKind.CAPTURE,
                HOST.hex(),
                120,
                ApiJson.mapper().valueToTree(order));
        return task.run(work, (step, done, total) -> {
            synchronized (steps) {
                steps.add(step);
            }
        });
    }

    private static AgentWork.CaptureOrder order(String cluster) {
        return new AgentWork.CaptureOrder(SNAPSHOT, cluster);
    }
}
