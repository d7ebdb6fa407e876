package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.access.NewApiKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what on the wired server, and in which order it is found out. */
class ApiAccessTest {
    private static final byte[] NOTHING = {};

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static WiredProject ours;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        ours = server.ours;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void firstPostOfCurlWhichHasNoBodyIsChallenged() throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            List<String> curl =
                    List.of("Accept: application/json", "Content-Type: application/json", "Content-Length: 0");
            assertChallenged(client.anonymous("POST", jobs(), curl, NOTHING), false);
        }
    }

    @Test
    void firstPostsOfOtherClientsAreChallengedToo() throws IOException {
        byte[] body = body().getBytes(StandardCharsets.UTF_8);
        try (SignedClient client = server.client(server.owner)) {
            // the Kubernetes operator: no body, no type
            assertChallenged(client.anonymous("POST", jobs(), List.of(), NOTHING), false);
            // Python's requests: all of it, both times
            assertChallenged(client.anonymous("POST", jobs(), List.of("Content-Type: application/json"), body), false);
            // and whatever else may be wrong
            assertChallenged(client.anonymous("POST", jobs(), List.of("Content-Type: text/plain"), body), false);
            assertChallenged(
                    client.anonymous(
                            "POST",
                            jobs(),
                            List.of("Content-Type: application/json", "Accept: no/no"),
                            "{".getBytes(StandardCharsets.UTF_8)),
                    false);
            assertChallenged(client.anonymous("DELETE", jobs(), List.of(), NOTHING), false);
            assertChallenged(client.anonymous("GET", WiredServer.API + "/groups/zz/x", List.of(), NOTHING), false);
        }
    }

    @Test
    void wrongPasswordAndUnknownUserAnswerTheSame() throws IOException {
        NewApiKey wrong = new NewApiKey(server.owner.id(), server.owner.publicKey(), "not-it");
        NewApiKey nobody = new NewApiKey(server.owner.id(), "nobodyxx", "not-it");
        for (NewApiKey key : List.of(wrong, nobody)) {
            try (SignedClient client = server.client(key)) {
                WireAnswer answer = client.get(ours.path());
                assertChallenged(answer, false);
                assertThat(answer.header("X-MongoDB-Service-Version")).isNull();
            }
        }
    }

    @Test
    void replayedHeaderIsStaleAndTheNextCountIsNot() throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            for (String method : List.of("GET", "POST")) {
                String nonce = SignedClient.nonceIn(client.anonymous("GET", ours.path(), List.of(), NOTHING));
                // a POST without a body is a bad request, which comes after the replay check
                int fine = method.equals("GET") ? 200 : 415;
                String header = client.sign(method, jobs(), nonce, "00000001");
                assertThat(client.authorized(method, jobs(), header).status()).isEqualTo(fine);
                assertChallenged(client.authorized(method, jobs(), header), true);
                String next = client.sign(method, jobs(), nonce, "2");
                assertThat(client.authorized(method, jobs(), next).status()).isEqualTo(fine);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void ofManyEqualRequestsAtOnceOneIsTaken(String method) throws Exception {
        List<String> headers = new ArrayList<>();
        try (SignedClient client = server.client(server.owner)) {
            String nonce = SignedClient.nonceIn(client.anonymous("GET", ours.path(), List.of(), NOTHING));
            for (int i = 0; i < 8; i++) {
                headers.add(client.sign(method, jobs(), nonce, "00000001"));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(headers.size());
        CyclicBarrier barrier = new CyclicBarrier(headers.size());
        List<Future<Integer>> answers = new ArrayList<>();
        for (String header : headers) {
            answers.add(threads.submit(() -> {
                try (SignedClient client = server.client(server.owner)) {
                    barrier.await();
                    return client.authorized(method, jobs(), header).status();
                }
            }));
        }
        threads.shutdown();
        int taken = 0;
        for (Future<Integer> answer : answers) {
            taken += answer.get() == 401 ? 0 : 1;
        }
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void nonceIsStaleWhenItsTimeIsOver() throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            String nonce = SignedClient.nonceIn(client.anonymous("GET", ours.path(), List.of(), NOTHING));
            server.clock.advance(WiredServer.NONCE_LIFETIME);
            String last = client.sign("GET", ours.path(), nonce, "00000001");
            assertThat(client.authorized("GET", ours.path(), last).status()).isEqualTo(200);
            server.clock.advance(WiredServer.NONCE_LIFETIME.dividedBy(60));
            String late = client.sign("GET", ours.path(), nonce, "00000002");
            WireAnswer stale = client.authorized("GET", ours.path(), late);
            assertChallenged(stale, true);
            String fresh = client.sign("GET", ours.path(), SignedClient.nonceIn(stale), "00000001");
            assertThat(client.authorized("GET", ours.path(), fresh).status()).isEqualTo(200);
        }
    }

    @Test
    void digestOfAnotherTargetOrMethodIsNoDigest() throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            String nonce = SignedClient.nonceIn(client.anonymous("GET", ours.path(), List.of(), NOTHING));
            String header = client.sign("GET", ours.path(), nonce, "00000001");
            assertChallenged(client.authorized("GET", ours.path() + "?pageNum=1", header), false);
            assertThat(client.authorized("HEAD", ours.path(), header).header("WWW-Authenticate"))
                    .endsWith("stale=false");
            assertThat(client.authorized("GET", ours.path(), header).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest ,",
                "Digest username",
                "Digest username=\"x",
                "Basic b3duZXI6b3duZXI=",
                "Bearer abc",
                "Digest username=\"a\", username=\"b\"",
                "Negotiate \u00ff\u00fe",
            })
    void badAuthorizationIsChallenged(String header) throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            assertChallenged(client.authorized("GET", ours.path(), header), false);
        }
    }

    @Test
    void readerReadsAndRestoresNothing() throws IOException {
        long before = server.rows("restore_job");
        for (NewApiKey key : List.of(server.reader, server.monitor)) {
            try (SignedClient client = server.client(key)) {
                assertThat(client.get(jobs()).status()).isEqualTo(200);
                WireAnswer refused = client.post(jobs(), body());
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.errorCode()).isEqualTo("USER_UNAUTHORIZED");
                assertThat(refused.parameters()).isEmpty();
                assertThat(refused.header("WWW-Authenticate")).endsWith("stale=false");
                assertThat(refused.header("X-MongoDB-Service-Version")).isNotNull();
                // the role goes before the id and the body
                assertThat(client.post(ours.path() + "/hosts/nonsense/restoreJobs", "{")
                                .errorCode())
                        .isEqualTo("USER_UNAUTHORIZED");
            }
        }
        assertThat(server.rows("restore_job")).isEqualTo(before);
    }

    @Test
    void hostsAreEnteredByMonitorsOnly() throws IOException {
        String host = "{\"hostname\":\"new.example.net\",\"port\":27017}";
        try (SignedClient reader = server.client(server.reader);
                SignedClient monitor = server.client(server.monitor)) {
            assertThat(reader.post(ours.path() + "/hosts", host).errorCode()).isEqualTo("USER_UNAUTHORIZED");
            WireAnswer made = monitor.post(ours.path() + "/hosts", host);
            assertThat(made.status()).isEqualTo(201);
            String location = made.header("Location");
            assertThat(location).isEqualTo(made.json().at("/links/0/href").textValue());
            String path = location.substring(server.wiring.baseUrl().length());
            assertThat(reader.get(path).json()).isEqualTo(made.json());
        }
    }

    @Test
    void projectOfOthersAndOneThatIsNotThereAreToldApartByNobody() throws IOException {
        try (SignedClient client = server.client(server.owner)) {
            String theirs = server.theirs.path();
            String none = WiredServer.API + "/groups/" + "0".repeat(24);
            for (String rest : List.of(
                    "",
                    "/clusters",
                    "/hosts",
                    "/hosts/" + server.theirs.mirrors.get(0).id() + "/restoreJobs",
                    "/clusters/" + server.theirs.sharded.id() + "/snapshots")) {
                WireAnswer foreign = client.get(theirs + rest);
                assertThat(foreign.status()).isEqualTo(401);
                assertThat(foreign.errorCode()).isEqualTo("NOT_IN_GROUP");
                assertThat(foreign.header("WWW-Authenticate")).startsWith("Digest ");
                assertThat(client.get(none + rest).body()).isEqualTo(foreign.body());
            }
            long before = server.rows("restore_job");
            assertThat(client.post(
                                    theirs + "/hosts/"
                                            + server.theirs.mirrors.get(0).id() + "/restoreJobs",
                                    body())
                            .errorCode())
                    .isEqualTo("NOT_IN_GROUP");
            assertThat(server.rows("restore_job")).isEqualTo(before);
            assertThat(client.get(WiredServer.API + "/groups").json().get("results"))
                    .hasSize(1);
            assertThat(client.get(WiredServer.API + "/groups/byName/" + server.theirs.group.name())
                            .errorCode())
                    .isEqualTo("GROUP_NAME_NOT_FOUND");
        }
    }

    @Test
    void globalReaderSeesEveryProjectAndIsToldWhichAreNotThere() throws IOException {
        try (SignedClient client = server.client(server.everywhere)) {
            assertThat(client.get(WiredServer.API + "/groups").json().get("results"))
                    .hasSize(2);
            assertThat(client.get(ours.path()).status()).isEqualTo(200);
            assertThat(client.get(server.theirs.path() + "/hosts").status()).isEqualTo(200);
            String none = "0".repeat(24);
            for (String rest : List.of("", "/clusters", "/hosts/" + ours.member.id() + "/snapshots")) {
                WireAnswer missing = client.get(WiredServer.API + "/groups/" + none + rest);
                assertThat(missing.status()).isEqualTo(404);
                assertThat(missing.errorCode()).isEqualTo("GROUP_NOT_FOUND");
                assertThat(missing.parameters()).containsExactly(none);
            }
            // what belongs to one project is not found under the other, even by whoever may see both
            assertThat(client.get(ours.path() + "/clusters/" + server.theirs.sharded.id())
                            .errorCode())
                    .isEqualTo("CLUSTER_NOT_FOUND");
            assertThat(client.post(jobs(), body()).errorCode()).isEqualTo("USER_UNAUTHORIZED");
        }
    }

    @Test
    void accessListIsAskedForPostsOnly() throws IOException {
        long before = server.rows("restore_job");
        try (SignedClient client = server.client(server.distant)) {
            assertThat(client.get(jobs()).status()).isEqualTo(200);
            for (String list : List.of(jobs(), ours.path(ours.sharded) + "/restoreJobs")) {
                WireAnswer refused = client.post(list, body());
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.errorCode()).isEqualTo("IP_ADDRESS_NOT_ON_ACCESS_LIST");
                assertThat(refused.parameters()).containsExactly("127.0.0.1");
                // nobody's word counts but a trusted proxy's
                assertThat(client.post(
                                        list,
                                        body().getBytes(StandardCharsets.UTF_8),
                                        "Content-Type: application/json",
                                        "X-Forwarded-For: 192.0.2.1")
                                .status())
                        .isEqualTo(403);
            }
        }
        assertThat(server.rows("restore_job")).isEqualTo(before);
        try (SignedClient client = server.client(server.owner)) {
            assertThat(client.post(jobs(), body()).status()).isEqualTo(200);
        }
    }

    private static String jobs() {
        return ours.path(ours.mirrors.get(0)) + "/restoreJobs";
    }

    private static String body() {
        return "{\"snapshotId\":\"" + ours.shardedSnapshot + "\"}";
    }

    private static void assertChallenged(WireAnswer answer, boolean stale) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"" + SignedClient.nonceIn(answer)
                        + "\", algorithm=MD5, qop=\"auth\", stale=" + stale);
        assertThat(answer.errorCode()).isEqualTo("NO_CURRENT_USER");
        assertThat(answer.text())
                .isEqualTo("{\"detail\":\"You are not authorized for this resource.\",\"error\":401,"
                        + "\"errorCode\":\"NO_CURRENT_USER\",\"parameters\":[],\"reason\":\"Unauthorized\"}");
    }
}
