package dev.holdfast.agent;

import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data directory, a server, and captures of the one by the other without waiting between attempts. */
abstract class CaptureScene {
    static final HostId HOST = new HostId("0123456789abcdef0123456789abcdef");
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

    @TempDir
    Path temp;

    Path data;
    AgentApiServer server;

    @BeforeEach
    void open() throws IOException {
        data = Files.createDirectory(temp.resolve("db"));
        server = new AgentApiServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A file of random bytes; parents are made. */
    Path write(String name, int length) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] bytes = new byte[length];
        new Random(length + name.hashCode()).nextBytes(bytes);
        return Files.write(file, bytes);
    }

    CaptureResult capture() {
        return capture(false, Set.of());
    }

    CaptureResult capture(boolean frozen, Set<String> follow) {
        return capture(settings(frozen, follow), CaptureProgress.SILENT);
    }

    CaptureResult capture(CaptureSettings settings, CaptureProgress progress) {
        RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(1), Duration.ofSeconds(30));
        return new Capture(Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, policy).run(settings, progress);
    }

    CaptureSettings settings(boolean frozen, Set<String> follow) {
        return new CaptureSettings(
                new CaptureSettings.Server(
                        server.url(), new GroupId(AgentApiServer.GROUP), AgentKey.of(AgentApiServer.KEY, "the test")),
                new CaptureSettings.Source(data, frozen, follow),
                new CaptureSettings.BeginSnapshot(null, HOST, null),
                CaptureSettings.Part.of(HOST),
                true,
                2);
    }
}
