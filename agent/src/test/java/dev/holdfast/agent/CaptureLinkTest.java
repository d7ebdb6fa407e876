package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.AgentApiServer.Fault;
import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network and a server that fail. */
class CaptureLinkTest extends CaptureScene {
    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "CUT_BEFORE", "CUT_AFTER"})
    void everyRequestIsSentAgainUntilItIsAnswered(Fault fault) throws IOException {
        write("f", 300_000);
        for (String request : List.of("offer", "segments", "/commit")) {
            server.plan(request, fault, 2);
        }
        server.plan("snapshots", fault, 1);
        server.plan("/parts", fault, 1);
        CaptureResult result = capture();
        assertThat(server.restored.get("f").content()).isEqualTo(Files.readAllBytes(data.resolve("f")));
        assertThat(server.stored).hasSize(5).doesNotHaveDuplicates();
        assertThat(server.snapshotsCommitted).contains(result.snapshot().hex());
        assertThat(server.abandoned).isEmpty();
    }

    @Test
    void aServerThatStaysUnavailableEndsTheCaptureWithItsWords() throws IOException {
        write("f", 300_000);
        server.plan("segments", Fault.UNAVAILABLE, 100);
        assertThatThrownBy(this::capture)
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("to take segments")
                .hasMessageContaining("503: The disk is away.")
                .hasMessageContaining("5 attempts")
                .hasMessageContaining("\nHINT: ");
        assertThat(server.commits).isZero();
        assertThat(server.requestsTo("segments")).isEqualTo(5);
    }

    @Test
    void aServerWithoutRoom_isAskedAgainAfterLongWaits_andThenTheCaptureSaysSoInPlainWords() throws IOException {
        write("f", 300_000);
        server.plan("segments", Fault.FULL, 100);
        List<Duration> waits = new ArrayList<>();
        RetryPolicy policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(20));
        Capture capture = new Capture(Clock.systemUTC(), waits::add, policy);
        assertThatThrownBy(() -> capture.run(settings(false, Set.of()), CaptureProgress.SILENT))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        trouble -> assertThat(trouble.isFull()).isTrue())
                .hasMessageContaining("its store is full: No room left. (after 3 attempts)")
                .hasMessageContaining("\nHINT: make room");
        assertThat(waits).contains(Duration.ofSeconds(20)).allMatch(wait -> wait.equals(Duration.ofSeconds(20)));
        assertThat(server.commits).isZero();
    }

    @Test
    void aServerThatGetsRoom_isGivenTheRest() throws IOException {
        write("f", 300_000);
        server.plan("segments", Fault.FULL, 2);
        capture();
        assertThat(server.restored.get("f").content()).isEqualTo(Files.readAllBytes(data.resolve("f")));
    }

    @Test
    void waitsGrowAndHeedWhatTheServerAsks() throws IOException {
        write("f", 10);
        server.plan("offer", Fault.CUT_BEFORE, 3);
        server.plan("segments", Fault.UNAVAILABLE, 1);
        List<Duration> waits = new ArrayList<>();
        RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(30));
        new Capture(Clock.systemUTC(), waits::add, policy).run(settings(false, Set.of()), CaptureProgress.SILENT);
        assertThat(waits)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(1));
    }

    @Test
    void aServerThatIsNotThereEndsTheCapture() throws IOException {
        write("f", 10);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CaptureSettings there = settings(false, Set.of());
        CaptureSettings nowhere = new CaptureSettings(
                new CaptureSettings.Server(
                        URI.create("http://127.0.0.1:" + port),
                        new GroupId(AgentApiServer.GROUP),
                        there.server().key()),
                there.source(),
                there.snapshot(),
                there.part(),
                true,
                1);
        assertThatThrownBy(() -> capture(nowhere, CaptureProgress.SILENT))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("no connection");
    }

    @Test
    void aPartThatTheServerForgotIsBegunAnewAndSendsOnlyWhatIsMissing() throws IOException {
        write("f", 20 << 20);
        server.plan("commit", Fault.PART_LOST, 1);
        capture();
        assertThat(server.parts).hasSize(2);
        assertThat(server.commits).isEqualTo(1);
        assertThat(server.stored).hasSize(320).doesNotHaveDuplicates();
        assertThat(server.requestsTo("segments")).isEqualTo(2);
        assertThat(server.restored.get("f").content()).isEqualTo(Files.readAllBytes(data.resolve("f")));
    }

    @Test
    void aPartThatIsForgottenAgainAndAgainEndsTheCapture() throws IOException {
        write("f", 10);
        server.plan("offer", Fault.PART_LOST, 100);
        assertThatThrownBy(this::capture).isInstanceOf(Unavailable.class).hasMessageContaining("lost the part 3 times");
    }

    @Test
    void blocksThatAreMissingAtTheCommitAreSentAgain() throws IOException {
        write("sub/f", 20 << 20);
        write("short", 10);
        boolean[] once = {true};
        server.before = path -> {
            if (path.startsWith("parts/") && path.endsWith("/commit") && once[0]) {
                once[0] = false;
                server.blocks.clear();
            }
        };
        capture();
        assertThat(server.requestsTo("parts/5f0000000000000000000012/commit")).isEqualTo(2);
        assertThat(server.restored.get("sub/f").content()).isEqualTo(Files.readAllBytes(data.resolve("sub/f")));
        assertThat(server.restored.get("short").content()).hasSize(10);
    }

    @Test
    void blocksThatAreNamedAFewAtATimeAreAllSentAgain() throws IOException {
        write("f", 1 << 20);
        server.mostMissing = 1;
        boolean[] once = {true};
        server.before = path -> {
            if (path.startsWith("parts/") && path.endsWith("/commit") && once[0]) {
                once[0] = false;
                server.blocks.clear();
            }
        };
        capture();
        assertThat(server.restored.get("f").content()).isEqualTo(Files.readAllBytes(data.resolve("f")));
        assertThat(server.abandoned).isEmpty();
    }

    @Test
    void blocksThatGetLostEachTimeEndTheCapture() throws IOException {
        write("f", 10);
        server.before = path -> {
            if (path.endsWith("/commit")) {
                server.blocks.clear();
            }
        };
        assertThatThrownBy(this::capture)
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("still wants 1 blocks")
                .hasMessageContaining("\nHINT: ");
        assertThat(server.abandoned).hasSize(1);
    }

    @Test
    void aWrongKeyIsToldWithoutTheKey() throws IOException {
        write("f", 10);
        CaptureSettings right = settings(false, Set.of());
        CaptureSettings wrong = new CaptureSettings(
                new CaptureSettings.Server(
                        server.url(), new GroupId(AgentApiServer.GROUP), AgentKey.of("wrong-secret", "x")),
                right.source(),
                right.snapshot(),
                right.part(),
                true,
                1);
        assertThatThrownBy(() -> capture(wrong, CaptureProgress.SILENT))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("refused to begin a snapshot: No agent key of this project.")
                .hasMessageContaining("NO_CURRENT_USER, HTTP 401")
                .hasMessageContaining("HINT: is the agent key")
                .hasMessageNotContaining("wrong-secret");
        assertThat(wrong.toString()).doesNotContain("wrong-secret");
    }

    @Test
    void anInterruptEndsTheCaptureAndAbandonsThePart() throws IOException {
        write("f", 300_000);
        Thread captor = Thread.currentThread();
        server.before = path -> {
            if (path.contains("segments")) {
                server.before = p -> {};
                captor.interrupt();
                server.plan("segments", Fault.CUT_BEFORE, 1);
            }
        };
        assertThatThrownBy(this::capture).isInstanceOf(CaptureFailed.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.abandoned).hasSize(1);
        assertThat(server.commits).isZero();
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new CaptureSettings.BeginSnapshot(null, null, null))
                .hasMessageContaining("HINT: ");
        assertThatThrownBy(() -> new CaptureSettings.Server(
                        URI.create("ftp://x"), new GroupId(AgentApiServer.GROUP), AgentKey.of("k", "x")))
                .hasMessageContaining("http://HOST:PORT");
        CaptureSettings some = settings(false, Set.of());
        assertThatThrownBy(
                        () -> new CaptureSettings(some.server(), some.source(), some.snapshot(), some.part(), true, 0))
                .hasMessageContaining("0 threads");
    }
}
