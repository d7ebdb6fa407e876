package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who run a server ask it. */
final class ApiOperationsTest {
    @TempDir
    Path directory;

    private WiredServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WiredServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void metrics_tellOfRequestsDownloadsAndSnapshots_andHaveNoPathInThem() throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            assertThat(client.get(server.ours.path()).status()).isEqualTo(200);
            assertThat(client.authorized("GET", server.ours.path(), "Digest nonsense")
                            .status())
                    .isEqualTo(401);
        }
        String text = metrics();
        assertThat(text)
                .contains(
                        "holdfast_http_requests_total{method=\"GET\",route=\"/api/public/v1.0/groups/{groupId}\",status=\"200\"} 1.0");
        assertThat(text)
                .containsPattern(
                        "holdfast_http_request_seconds_count\\{method=\"GET\",route=\"/api/public/v1.0/groups/\\{groupId}\"} [12]");
        assertThat(text).contains("holdfast_digest_failures_total 1.0");
        assertThat(text)
                .contains("holdfast_last_good_snapshot_age_seconds{cluster=\"" + server.ours.replicaSet.id()
                        + "\",group=\"" + server.ours.group.id() + "\"} 0.0");
        assertThat(text).containsPattern("holdfast_dedup_ratio [0-9.]+");
        assertThat(text).contains("holdfast_captures_total 4.0", "holdfast_scrub_age_seconds NaN");
        assertThat(text).doesNotContain("route=\"" + server.ours.path() + "\"");
    }

    @Test
    void everyFigureOfTheDashboardAndTheAlerts_isThere() throws IOException {
        Path monitoring = Path.of("../dist/monitoring");
        String used = Files.readString(monitoring.resolve("grafana-dashboard.json"))
                + Files.readString(monitoring.resolve("alerts.yml"));
        String text = metrics();
        Set<String> missing = new TreeSet<>();
        Matcher name = Pattern.compile("\\b(holdfast_[a-z_]+)").matcher(used);
        int seen = 0;
        while (name.find()) {
            seen++;
            if (!text.contains("\n" + name.group(1) + "{") && !text.contains("\n" + name.group(1) + " ")) {
                missing.add(name.group(1));
            }
        }
        assertThat(seen).isGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    @Test
    void aServerThatWorks_isReady_andSaysWhatItLookedAt() throws IOException {
        try (WireClient client = new WireClient(server.port)) {
            JsonNode ready =
                    client.send("GET", "/readyz", List.of(), new byte[0]).json();
            assertThat(ready.get("status").textValue()).isEqualTo("OK");
            assertThat(ready.get("checks").fieldNames()).toIterable().contains("database", "store", "disk", "running");
        }
    }

    @Test
    void aStreamOfEvents_beginsWhereItsClientWas_andGoesOn() throws IOException {
        String target = "/api/holdfast/v1/groups/" + server.ours.group.id() + "/events";
        long head = server.wiring
                .database()
                .read(handle -> handle.createQuery("SELECT seq FROM event_head WHERE group_id = ?")
                        .bind(0, server.ours.group.id().hex())
                        .mapTo(Long.class)
                        .one());
        String authorization;
        try (SignedClient client = server.client(server.owner)) {
            String nonce = SignedClient.nonceIn(client.anonymous("GET", target, List.of(), new byte[0]));
            authorization = client.sign("GET", target, nonce, "00000001");
        }
        try (Socket socket = new Socket("127.0.0.1", server.port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + (head - 1)
                                    + "\r\nAuthorization: " + authorization + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(line(in, "HTTP/1.1 ")).contains("200");
            assertThat(line(in, "id: ")).isEqualTo("id: " + head);
            assertThat(line(in, "data: ")).contains("\"id\":" + head);
            try (SignedClient client = server.client(server.owner)) {
                String jobs = server.ours.path(server.ours.replicaSet) + "/restoreJobs";
                String body = "{\"snapshotId\":\"" + server.ours.replicaSetSnapshot + "\"}";
                String job = client.post(jobs, body).json().at("/results/0/id").textValue();
                assertThat(line(in, "event: ")).isEqualTo("event: job.ready");
                assertThat(line(in, "data: ")).contains("\"jobId\":\"" + job + "\"");

                String kill = "/api/holdfast/v1/groups/" + server.ours.group.id() + "/restoreJobs/" + job + "/kill";
                for (int i = 0; i < 2; i++) {
                    WireAnswer killed = client.post(kill, "{\"reason\":\"the wrong one\"}");
                    assertThat(killed.status()).isEqualTo(200);
                }
                assertThat(client.post(jobs, body).status()).isEqualTo(200);
                assertThat(line(in, "event: ")).isEqualTo("event: job.killed");
                assertThat(line(in, "data: "))
                        .contains("\"jobId\":\"" + job + "\"", server.ours.replicaSetSnapshot, "the wrong one");
                assertThat(line(in, "event: "))
                        .as("the second kill told nothing")
                        .isEqualTo("event: job.ready");
            }
        }
    }

    @Test
    void theSecretOfAWebhook_isShownOnce_toTheOwnerAlone() throws IOException {
        String target = "/api/holdfast/v1/groups/" + server.ours.group.id() + "/webhooks";
        String body = "{\"url\":\"https://hooks.example.net/x\"}";
        try (SignedClient owner = server.client(server.owner);
                SignedClient reader = server.client(server.reader)) {
            assertThat(reader.post(target, body).status()).isEqualTo(401);
            assertThat(owner.post(target, "{\"url\":\"http://127.0.0.1/\"}").status())
                    .isEqualTo(400);
            WireAnswer made = owner.post(target, body);
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.json().get("secret").textValue()).startsWith("whsec_");
            JsonNode listed = owner.get(target).json();
            assertThat(listed.at("/results/0/url").textValue()).isEqualTo("https://hooks.example.net/x");
            assertThat(listed.toString()).doesNotContain("whsec_");
            String one = target + "/" + made.json().get("id").textValue();
            assertThat(owner.send("DELETE", one, List.of(), new byte[0]).status())
                    .isEqualTo(204);
            assertThat(owner.send("DELETE", one, List.of(), new byte[0]).status())
                    .isEqualTo(404);
        }
    }

    private String metrics() throws IOException {
        try (WireClient client = new WireClient(server.port)) {
            return client.send("GET", "/metrics", List.of(), new byte[0]).text();
        }
    }

    private static String line(BufferedReader in, String beginning) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before a line " + beginning);
    }
}
