package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.testing.TestDatabases;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over one PostgreSQL, one store and copies of one secrets.key: which of them a client meets is all one. */
@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class TwoNodesTest {
    // more than the sockets between the two ends hold
    private static final int LARGE = 24 << 20;

    @TempDir
    static Path directory;

    private static DatabaseConfig database;
    private static WiredServer a;
    private static ServerWiring b;
    private static int portOfB;
    private static String large;

    private SignedClient atA;
    private SignedClient atB;

    @BeforeAll
    static void start() throws IOException {
        database = TestDatabases.newPostgresSchema();
        a = new WiredServer(directory.resolve("a"), database);
        b = node("b");
        portOfB = URI.create(b.baseUrl()).getPort();
        byte[] noise = new byte[LARGE];
        new Random(5).nextBytes(noise);
        String token = a.wiring
                .agentKeys()
                .createAgentKey(a.ours.group.id(), "agent", WiredServer.START)
                .token();
        // after the other node was opened, so that it has to find what is new in the store
        try (AgentUpload agent = new AgentUpload(a.port, a.ours.group.id(), token)) {
            String set = a.ours.replicaSet.id().hex();
            large = agent.begin("clusterId", set, WiredServer.SNAPSHOT_HOURS);
            agent.part(large, "clusterId", set, WiredProject.OPLOG, Map.of("noise", noise));
            assertThat(agent.commit(large)).isTrue();
        }
    }

    @AfterAll
    static void stop() {
        b.close();
        a.close();
    }

    @BeforeEach
    void connect() {
        atA = a.client(a.owner);
        atB = new SignedClient(portOfB, a.owner);
    }

    @AfterEach
    void disconnect() throws IOException {
        atA.close();
        atB.close();
    }

    @Test
    void aJobMadeAtOne_isShownAndServedByTheOther() throws IOException {
        JsonNode job = job(a.ours.shardedSnapshot, a.ours.path(a.ours.mirrors.get(0)), 2);
        JsonNode shown = atB.get(self(job)).json();
        assertThat(shown.at("/delivery/url").textValue()).startsWith(b.baseUrl() + "/");
        assertThat(shown.get("id")).isEqualTo(job.get("id"));
        byte[] fromA = download(a.port, job);
        assertThat(download(portOfB, job)).isEqualTo(fromA);
        JsonNode after = atB.get(self(job)).json();
        assertThat(after.at("/delivery/statusName").textValue()).isEqualTo("MAX_DOWNLOADS_EXCEEDED");
        assertThat(after.at("/hashes/0/hash").textValue()).hasSize(40);
        assertThat(atA.get(self(job)).json().get("hashes")).isEqualTo(after.get("hashes"));
        assertThat(head(a.port, job).status()).isEqualTo(403);
    }

    @Test
    void aNonceOfOne_isGoodForTheOther() throws IOException {
        String target = WiredServer.API + "/groups";
        String nonce = SignedClient.nonceIn(atA.anonymous("GET", target, List.of(), new byte[0]));
        String authorization = atA.sign("GET", target, nonce, "00000001");
        assertThat(atB.authorized("GET", target, authorization).status()).isEqualTo(200);
    }

    @Test
    void aPost_isTakenByOneNodeOnly() throws IOException {
        String target = a.ours.path(a.ours.replicaSet) + "/restoreJobs";
        byte[] body = ("{\"snapshotId\":\"" + a.ours.replicaSetSnapshot + "\"}").getBytes(StandardCharsets.UTF_8);
        String nonce = SignedClient.nonceIn(atA.anonymous("POST", target, List.of(), new byte[0]));
        List<String> headers = List.of(
                "Content-Type: application/json", "Authorization: " + atA.sign("POST", target, nonce, "00000001"));
        assertThat(atA.anonymous("POST", target, headers, body).status()).isEqualTo(200);
        long jobs = a.rows("restore_job");
        WireAnswer again = atB.anonymous("POST", target, headers, body);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.header("WWW-Authenticate")).endsWith("stale=true");
        assertThat(a.rows("restore_job")).isEqualTo(jobs);
    }

    @Test
    void aDownloadCutAtOne_andResumedAtTheOther_countsOnce() throws IOException {
        JsonNode job = job(large, a.ours.path(a.ours.replicaSet), 1);
        int cut = (5 << 20) + 17;
        byte[] begin = downloadAndCut(a.port, job, cut);
        assertThat(status(job)).isEqualTo("READY");
        WireAnswer rest = range(portOfB, job, cut + "-");
        assertThat(rest.status()).isEqualTo(206);
        byte[] whole = Arrays.copyOf(begin, cut + rest.body().length);
        System.arraycopy(rest.body(), 0, whole, cut, rest.body().length);
        JsonNode after = atB.get(self(job)).json();
        assertThat(after.at("/delivery/statusName").textValue()).isEqualTo("MAX_DOWNLOADS_EXCEEDED");
        assertThat(completed(job)).isEqualTo(1);
        assertThat(whole.length).isEqualTo(size(job));
        JsonNode second = job(large, a.ours.path(a.ours.replicaSet), 1);
        // the top folder's name is the only difference between the archives of two jobs
        assertThat(download(portOfB, second)).hasSize(whole.length);
    }

    @Test
    void halvesFromBothAtOnce_makeOneDownload() throws Exception {
        JsonNode job = job(large, a.ours.path(a.ours.replicaSet), 2);
        int middle = LARGE / 2;
        CompletableFuture<WireAnswer> first = CompletableFuture.supplyAsync(() -> {
            try {
                return range(a.port, job, "0-" + (middle - 1));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(range(portOfB, job, middle + "-").status()).isEqualTo(206);
        assertThat(first.get().body()).hasSize(middle);
        assertThat(atB.get(self(job)).json().at("/delivery/statusName").textValue())
                .isEqualTo("READY");
        for (int i = 0; completed(job) == 0 && i < 500; i++) {
            Thread.sleep(10);
        }
        assertThat(completed(job)).isEqualTo(1);
    }

    @Test
    void aNodeThatStarts_doesNotTakeTheOthersDownloadsForDead() throws IOException {
        JsonNode job = job(large, a.ours.path(a.ours.replicaSet), 1);
        try (Socket running = open(a.port, job)) {
            running.getInputStream().readNBytes(1 << 20);
            try (ServerWiring third = node("c")) {
                assertThat(third.baseUrl()).isNotEqualTo(a.wiring.baseUrl());
                long alive = a.wiring
                        .database()
                        .read(handle -> handle.createQuery(
                                        "SELECT count(*) FROM delivery_stream WHERE job_id = ? AND touched >= ?")
                                .bind(0, job.get("id").textValue())
                                .bind(1, a.clock.instant().toEpochMilli())
                                .mapTo(Long.class)
                                .one());
                assertThat(alive).isEqualTo(1);
            }
        }
    }

    /** A node with a data directory of its own, the store in it the same, secrets.key a copy. */
    private static ServerWiring node(String name) throws IOException {
        Path root = directory.resolve(name);
        Files.createDirectories(root);
        DataDirectory first = new DataDirectory(directory.resolve("a").resolve("data"));
        DataDirectory data = new DataDirectory(root);
        Files.createSymbolicLink(data.store(), first.store());
        Files.copy(first.secrets(), data.secrets(), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        ServerWiring node = ServerWiring.open(data, WiredServer.config(database), a.clock, new SecureRandom());
        node.start();
        return node;
    }

    private JsonNode job(String snapshot, String owner, int downloads) throws IOException {
        WireAnswer made = atA.post(
                owner + "/restoreJobs",
                "{\"snapshotId\":\"" + snapshot + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":"
                        + downloads + "}}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return made.json().at("/results/0");
    }

    private static String self(JsonNode job) {
        return URI.create(job.at("/links/0/href").textValue()).getPath();
    }

    private static String path(JsonNode job) {
        return URI.create(job.at("/delivery/url").textValue()).getRawPath();
    }

    private String status(JsonNode job) throws IOException {
        return atB.get(self(job)).json().at("/delivery/statusName").textValue();
    }

    private static byte[] download(int port, JsonNode job) throws IOException {
        WireAnswer answer = get(port, job);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static WireAnswer range(int port, JsonNode job, String range) throws IOException {
        return get(port, job, "Range: bytes=" + range);
    }

    private static WireAnswer get(int port, JsonNode job, String... headers) throws IOException {
        try (WireClient wire = new WireClient(port)) {
            return wire.send("GET", path(job), List.of(headers), new byte[0]);
        }
    }

    private static WireAnswer head(int port, JsonNode job) throws IOException {
        try (WireClient wire = new WireClient(port)) {
            return wire.send("HEAD", path(job), List.of(), new byte[0]);
        }
    }

    private static byte[] downloadAndCut(int port, JsonNode job, int bytes) throws IOException {
        try (Socket socket = open(port, job)) {
            return socket.getInputStream().readNBytes(bytes);
        }
    }

    /** A download whose head was read. */
    private static Socket open(int port, JsonNode job) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        String request = "GET " + path(job) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        for (int newlines = 0; newlines < 2; ) {
            int c = in.read();
            newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
        }
        return socket;
    }

    private static long completed(JsonNode job) {
        return column(job, "completed");
    }

    private static long size(JsonNode job) {
        return column(job, "size");
    }

    private static long column(JsonNode job, String name) {
        return a.wiring
                .database()
                .read(handle -> handle.createQuery("SELECT " + name + " FROM delivery_link WHERE job_id = ?")
                        .bind(0, job.get("id").textValue())
                        .mapTo(Long.class)
                        .one());
    }
}
