package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One link, as curl uses it: cuts, ranges, limits. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DownloadIT {
    @TempDir
    private Path folder;

    private Installation installation;
    private Holdfast server;
    private PublicApi api;
    private String host;
    private String snapshot;

    @BeforeEach
    void serve() throws Exception {
        installation = Installation.make(folder);
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] bytes = new byte[6 << 20];
        new Random(11).nextBytes(bytes);
        Files.write(dbpath.resolve("collection-0.wt"), bytes);
        Files.write(dbpath.resolve("WiredTiger"), new byte[] {'W'});
        server = Holdfast.serve(folder, "--data", installation.data().toString(), "--listen", "127.0.0.1:0");
        Command captured = installation.snapshot(server, dbpath);
        assertThat(captured.exit()).as(captured.err()).isZero();
        api = installation.api(server);
        host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
        snapshot =
                api.get(host + "/snapshots").path("results").path(0).path("id").asText();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void downloadCutFiveTimes_endsWhole_andCountsAsOne() throws Exception {
        JsonNode job = restore(2);
        String url = url(job);
        Path file = folder.resolve("cut.tar.gz");
        Files.createFile(file);
        for (int i = 0; i < 5; i++) {
            // head closes the pipe, curl dies of it: a real cut in the middle of the body
            Command.run(
                    folder,
                    List.of(
                            "bash",
                            "-c",
                            "curl -s -C " + Files.size(file) + " '" + url + "' | head -c 900001 >> '" + file + "'"));
        }
        assertThat(Files.size(file)).isEqualTo(5 * 900_001);
        Command.ok(folder, "curl", "-fsS", "-C", "-", "-o", file.toString(), url);
        Command.ok(folder, "gzip", "-t", file.toString());

        JsonNode after = job(job);
        assertThat(after.path("delivery").path("statusName").asText())
                .as("one of two downloads is used")
                .isEqualTo("READY");
        assertThat(after.path("hashes").path(0).path("hash").asText())
                .isEqualTo(Command.ok(folder, "sha1sum", file.toString()).out().substring(0, 40));
        api.download(url);
        assertThat(job(job).path("delivery").path("statusName").asText()).isEqualTo("MAX_DOWNLOADS_EXCEEDED");
        assertThat(status(url)).isEqualTo("403");
    }

    @Test
    void randomRanges_equalTheWhole() throws Exception {
        String url = url(restore(Integer.MAX_VALUE));
        byte[] whole = Files.readAllBytes(api.download(url));
        Random random = new Random(5);
        StringBuilder config = new StringBuilder();
        int[][] ranges = new int[60][];
        for (int i = 0; i < ranges.length; i++) {
            int from = random.nextInt(whole.length);
            int to = Math.min(whole.length, from + 1 + random.nextInt(1 << random.nextInt(22)));
            ranges[i] = new int[] {from, to};
            config.append("url = \"").append(url).append("\"\nrange = ").append(from + "-" + (to - 1));
            config.append("\noutput = \"").append(folder.resolve("range" + i)).append("\"\n");
            config.append(i < ranges.length - 1 ? "next\nfail\nsilent\n" : "");
        }
        Path script = Files.writeString(folder.resolve("ranges.curl"), config);
        Command.ok(folder, "curl", "-fsS", "-K", script.toString());
        for (int i = 0; i < ranges.length; i++) {
            assertThat(Files.readAllBytes(folder.resolve("range" + i)))
                    .as("bytes %d to %d", ranges[i][0], ranges[i][1])
                    .isEqualTo(Arrays.copyOfRange(whole, ranges[i][0], ranges[i][1]));
        }
    }

    @Test
    void deadLinks_sayWhy() throws Exception {
        String url = url(restore(1));
        assertThat(status(url.replace("/config-", "/konfig-"))).isEqualTo("404");
        assertThat(status(url.replaceAll("pull/[0-9a-f]{24}", "pull/" + "0".repeat(24))))
                .isEqualTo("404");
        String head = Command.ok(folder, "curl", "-fsSI", url).out();
        assertThat(head)
                .containsIgnoringCase("accept-ranges: bytes")
                .containsIgnoringCase("content-type: application/gzip")
                .containsIgnoringCase("etag: \"")
                .doesNotContainIgnoringCase("content-encoding");
        api.download(url);
        String refused = Command.run(folder, List.of("curl", "-sS", url)).out();
        assertThat(refused).contains("\"error\":403").contains("\"reason\":\"Forbidden\"");
    }

    private JsonNode restore(int maxDownloads) throws Exception {
        return api.post(
                host + "/restoreJobs",
                "{\"snapshotId\":\"" + snapshot + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":"
                        + maxDownloads + "}}");
    }

    private JsonNode job(JsonNode job) throws Exception {
        return api.get(host + "/restoreJobs/" + job.path("id").asText());
    }

    private static String url(JsonNode job) {
        String url = job.path("delivery").path("url").asText();
        assertThat(url).as(job.toString()).startsWith("http://127.0.0.1:");
        return url;
    }

    private String status(String url) throws Exception {
        return Command.run(folder, Map.of(), List.of("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", url))
                .out();
    }
}
