package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Heaps that are much smaller than what goes through them. {@code ./bench memory} does it with 20 GiB. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class MemoryIT {
    private static final int DATA_MIB = 200;
    private static final int AGENT_MIB = 160;
    private static final int SERVER_MIB = 128;
    private static final int DOWNLOADS = 16;

    @TempDir
    private Path folder;

    @Test
    void aCaptureThatIsLargerThanTheHeaps_and16DownloadsAtOnce_goThrough() throws Exception {
        Installation installation = Installation.make(folder);
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        writeNoise(dbpath.resolve("collection-0.wt"));
        try (Holdfast server = Holdfast.serveWithHeap(
                folder, SERVER_MIB, "--data", installation.data().toString(), "--listen", "127.0.0.1:0")) {
            Command snapshot = Command.run(folder, Map.of(), captureWords(installation, server, dbpath));
            assertThat(snapshot.exit()).as(snapshot.err()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            String id = api.get(host + "/snapshots")
                    .path("results")
                    .path(0)
                    .path("id")
                    .asText();
            JsonNode job = api.post(
                    host + "/restoreJobs",
                    "{\"snapshotId\":\"" + id + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":100}}");
            String url = job.path("delivery").path("url").asText();
            List<Process> downloads = new ArrayList<>();
            for (int i = 0; i < DOWNLOADS; i++) {
                downloads.add(new ProcessBuilder("curl", "-fsS", "-o", "/dev/null", "-w", "%{size_download}\\n", url)
                        .redirectErrorStream(true)
                        .start());
            }
            List<String> sizes = new ArrayList<>();
            for (Process download : downloads) {
                sizes.add(
                        new String(download.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
                assertThat(download.waitFor()).as(sizes.toString()).isZero();
            }
            assertThat(sizes.stream().distinct()).hasSize(1);
            assertThat(Long.parseLong(sizes.get(0).trim())).isGreaterThan((long) DATA_MIB << 20);
            assertThat(server.output()).doesNotContain("OutOfMemoryError");
        }
    }

    private static List<String> captureWords(Installation installation, Holdfast server, Path dbpath) {
        List<String> words = new ArrayList<>(installation.snapshotWords(server.baseUrl(), dbpath));
        words.set(words.indexOf("-Xmx256m"), "-Xmx" + AGENT_MIB + "m");
        return words;
    }

    private static void writeNoise(Path file) throws Exception {
        byte[] bytes = new byte[1 << 20];
        Random random = new Random(3);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < DATA_MIB; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
    }
}
