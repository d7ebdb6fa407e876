package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.unpack.UnpackRules;
import dev.holdfast.unpack.testing.TestArchive;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class KilledExtractTest {
    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final int FILE = 6_000_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void processKilledWhileItUnpacks_leavesNoDirectory_andTheNextOneEndsTheWork() throws Exception {
        byte[] bytes = new byte[FILE];
        new Random(3).nextBytes(bytes);
        TestArchive archive = new TestArchive().directory("a", 0700);
        for (int i = 0; i < 4; i++) {
            archive.file("a/" + i + ".wt", 0600, bytes);
        }
        CountDownLatch killed = new CountDownLatch(1);
        Path db = folder.resolve("db");
        Path files = folder.resolve(".db.holdfast-" + JOB + "/files");
        try (LinkServer server = new LinkServer(archive.bytes())) {
            server.cutAfter = 500_000;
            server.beforeEach = () -> {
                if (server.bytesSent() > server.content.length / 2) {
                    await(killed);
                }
            };
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FetchProgram.class.getName(),
                            JOB,
                            server.url("a.tar.gz").toString(),
                            db.toString(),
                            "extract"))
                    .inheritIO()
                    .start();
            while (process.isAlive() && !Files.exists(files.resolve("0.wt"))) {
                Thread.sleep(10);
            }
            assertThat(process.isAlive()).as("was killed while it unpacked").isTrue();
            process.destroyForcibly().waitFor();
            killed.countDown();
            assertThat(db).doesNotExist();
            assertThat(files).exists();

            server.beforeEach = () -> {};
            server.cutAfter = Integer.MAX_VALUE;
            Files.writeString(files.resolve("left-over"), "of the killed one");
            String sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(server.content));
            new Fetch(
                            HttpClient.newHttpClient(),
                            new FetchSettings(3, 5, 0),
                            any -> Long.MAX_VALUE,
                            millis -> {},
                            new Random(1),
                            Progress.NONE)
                    .extract(
                            new Archive(JOB, server.url("a.tar.gz"), () -> Optional.of(sha1), 0),
                            db,
                            new UnpackRules(null, true, false));
            try (var made = Files.list(db)) {
                assertThat(made).hasSize(4).allSatisfy(file -> assertThat(file).hasBinaryContent(bytes));
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
