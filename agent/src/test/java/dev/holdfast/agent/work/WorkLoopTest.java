package dev.holdfast.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.agent.link.WorkLink;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkLoopTest {
    private static final HostId HOST = new HostId("0123456789abcdef0123456789abcdef");

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private WorkServer server;

    @BeforeEach
    void open() throws IOException {
        server = new WorkServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void withoutWork_itAsksAgainWhenTheServerSaysSo() throws Exception {
        assertThat(loop((work, progress) -> null).once()).isEqualTo(Duration.ofSeconds(7));
        assertThat(server.heard("poll").get(0).toString())
                .isEqualTo("{\"agent\":\"db1\",\"hosts\":[\"" + HOST
                        + "\"],\"instance\":\"i1\",\"kinds\":[\"CAPTURE\"]," + "\"version\":\"0.1.0\"}");
    }

    @Test
    void workThatIsDone_isToldWithItsResult() throws Exception {
        server.work.add(assigned(3));
        ObjectNode result = ApiJson.mapper().createObjectNode().put("partId", "p");
        assertThat(loop((work, progress) -> result).once()).isZero();
        assertThat(server.heard("done").get(0).toString()).isEqualTo("{\"attempt\":3,\"result\":{\"partId\":\"p\"}}");
    }

    @Test
    void workThatFails_isToldWithItsReason_andWhetherToTryAgain() throws Exception {
        for (RuntimeException trouble : List.of(
                new TaskFailed("not empty", false),
                new TaskFailed("busy", true),
                new CaptureFailed("changed"),
                new Unavailable("away"),
                new IllegalStateException("a bug"))) {
            server.work.add(assigned(1));
            loop((work, progress) -> {
                        throw trouble;
                    })
                    .once();
        }
        assertThat(server.heard("fail"))
                .extracting(body -> body.get("reason").textValue().split("\n")[0] + " "
                        + body.get("again").booleanValue())
                .containsExactly(
                        "not empty false",
                        "busy true",
                        "changed true",
                        "away true",
                        "the agent met something unexpected: java.lang.IllegalStateException: a bug true");
    }

    @Test
    void aKindThatItCannotDo_failsForGood() throws Exception {
        server.work.add(new AgentWork.Assigned(
                "5f0000000000000000000009",
                1,
                AssignmentKind.RESTORE,
                HOST.hex(),
                4,
                ApiJson.mapper().createObjectNode()));
        loop((work, progress) -> null).once();
        assertThat(server.heard("fail").get(0).get("again").booleanValue()).isFalse();
    }

    @Test
    void progress_isToldWhileItWorks() throws Exception {
        server.work.add(assigned(2));
        loop((work, progress) -> {
                    progress.at("sending", 5, 10);
                    await(() -> !server.heard("progress").isEmpty());
                    return null;
                })
                .once();
        assertThat(server.heard("progress").get(0).toString())
                .isEqualTo("{\"attempt\":2,\"done\":5,\"step\":\"sending\",\"total\":10}");
        assertThat(server.heard("done")).hasSize(1);
    }

    @Test
    void anAttemptThatIsOver_isStopped_andNothingIsToldOfIt() throws Exception {
        server.work.add(assigned(1));
        server.lost = true;
        WorkLoop loop = loop((work, progress) -> {
            // as long as it takes until the report is refused
            new CountDownLatch(1).await();
            return null;
        });
        assertThat(loop.once()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(server.heard("done")).isEmpty();
        assertThat(server.heard("fail")).isEmpty();
        // and it goes on with the next
        server.lost = false;
        server.work.add(assigned(1));
        assertThat(loop((work, progress) -> null).once()).isZero();
        assertThat(server.heard("done")).hasSize(1);
    }

    @Test
    void aServerThatIsAway_isWaitedFor() throws Exception {
        server.away = 100;
        assertThat(loop((work, progress) -> null).once()).isPositive();
        assertThat(notices).anyMatch(notice -> notice.contains("no work can be asked for"));
        server.away = 0;
        server.work.add(assigned(1));
        assertThat(loop((work, progress) -> null).once()).isZero();
        assertThat(server.heard("done")).hasSize(1);
    }

    @Test
    void aReportThatMeetsAHiccup_isSentAgain() throws Exception {
        server.work.add(assigned(1));
        loop((work, progress) -> {
                    server.away = 2;
                    return null;
                })
                .once();
        assertThat(server.heard("done")).hasSize(3);
    }

    @Test
    void anInterrupt_endsTheLoop_andTheWorkIsNotToldOff() throws Exception {
        server.work.add(assigned(1));
        CountDownLatch begun = new CountDownLatch(1);
        WorkLoop loop = loop((work, progress) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        Thread thread = new Thread(loop::run);
        thread.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
        assertThat(server.heard("fail")).isEmpty();
    }

    private WorkLoop loop(Task task) {
        RetryPolicy policy = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));
        WorkLink link = new WorkLink(
                server.url(), new GroupId(WorkServer.GROUP), AgentKey.of("key", "the test"), null, policy, time -> {});
        return new WorkLoop(
                link,
                new Identity("db1", "i1", "0.1.0", List.of(HOST)),
                Map.of(AssignmentKind.CAPTURE, task),
                time -> {},
                notices::add);
    }

    private static AgentWork.Assigned assigned(int attempt) {
        return new AgentWork.Assigned(
                "5f0000000000000000000009",
                attempt,
                AssignmentKind.CAPTURE,
                HOST.hex(),
                4,
                ApiJson.mapper().createObjectNode());
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.holds(); i++) {
            Thread.sleep(10);
        }
    }
}
