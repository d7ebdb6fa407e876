package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.fetch.Fetch.Fetched;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class KilledFetchTest {
    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final int SIZE = 24_000_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void killedProcess_leavesWhatTheNextOneGoesOnWith() throws Exception {
        byte[] content = new byte[SIZE];
        new Random(3).nextBytes(content);
        CountDownLatch killed = new CountDownLatch(1);
        try (LinkServer server = new LinkServer(content)) {
            server.cutAfter = 500_000;
            server.beforeEach = () -> {
                if (server.bytesSent() > SIZE / 2) {
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
                            folder.toString()))
                    .inheritIO()
                    .start();
            Path journal = folder.resolve("a.tar.gz.part.journal");
            while (process.isAlive() && known(journal) < SIZE / 4) {
                Thread.sleep(10);
            }
            assertThat(process.isAlive()).as("was killed in the middle").isTrue();
            process.destroyForcibly().waitFor();
            long known = known(journal);
            killed.countDown();
            assertThat(folder.resolve("a.tar.gz")).doesNotExist();

            server.beforeEach = () -> {};
            long before = server.bytesSent();
            Fetched fetched = new Fetch(
                            HttpClient.newHttpClient(),
                            new FetchSettings(3, 5, 0),
                            any -> Long.MAX_VALUE,
                            millis -> {},
                            new Random(1),
                            Progress.NONE)
                    .run(new Archive(JOB, server.url("a.tar.gz"), Optional::empty, 0), folder);
            assertThat(fetched.place()).hasBinaryContent(content);
            assertThat(server.bytesSent() - before)
                    .as("what the journal knew is not asked for again")
                    .isLessThanOrEqualTo(SIZE - known + 4 * 500_000); // what the killed one's requests still got
        }
    }

    private static long known(Path journal) throws Exception {
        return Files.exists(journal)
                ? Journal.read(journal).orElseThrow().have().size()
                : 0;
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
