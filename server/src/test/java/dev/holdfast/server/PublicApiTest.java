package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of answers on the wired server: headers, documents, envelopes, pages, links, and errors of HTTP itself. */
class PublicApiTest {
    private static final byte[] NOTHING = {};
    private static final String JSON = "Content-Type: application/json";

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static WiredProject ours;
    private static List<String> jobs;

    private SignedClient owner;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        ours = server.ours;
        jobs = new ArrayList<>();
        try (SignedClient client = server.client(server.owner)) {
            WireAnswer batch = client.post(
                    ours.path(ours.sharded) + "/restoreJobs",
                    "{\"snapshotId\":\"" + ours.shardedSnapshot
                            + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":3,\"expirationHours\":24}}");
            batch.json().get("results").forEach(job -> jobs.add(job.get("id").textValue()));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        owner = server.client(server.owner);
    }

    @AfterEach
    void close() throws IOException {
        owner.close();
    }

    @Test
    void seedResourceIsChallengedThenAnswered() throws IOException {
        String target = configJob() + "?pretty=true";
        WireAnswer challenge = owner.anonymous("GET", target, List.of("Accept: application/json"), NOTHING);
        String nonce = SignedClient.nonceIn(challenge);
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.header("WWW-Authenticate"))
                .isEqualTo("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"" + nonce
                        + "\", algorithm=MD5, qop=\"auth\", stale=false");
        assertThat(nonce).doesNotContain("=");
        assertThat(challenge.header("Content-Type")).isEqualTo("application/json;charset=ISO-8859-1");
        assertThat(challenge.json().get("error").intValue()).isEqualTo(401);
        assertThat(challenge.errorCode()).isEqualTo("NO_CURRENT_USER");
        assertThat(challenge.parameters()).isEmpty();

        WireAnswer job = owner.authorized("GET", target, owner.sign("GET", target, nonce, "00000001"));
        assertThat(job.status()).isEqualTo(200);
        String host = ours.mirrors.get(0).id().hex();
        String api = server.wiring.baseUrl() + ours.path();
        String id = jobs.get(0);
        JsonNode document = job.json();
        String batchId = document.get("batchId").textValue();
        String url = document.at("/delivery/url").textValue();
        assertThat(url)
                .matches(server.wiring.baseUrl() + "/backup/restore/v2/pull/" + id + "/[A-Za-z0-9+/]{43}=/config-"
                        + host + "-" + WiredProject.OPLOG + "-" + id + "\\.tar\\.gz");
        assertThat(job.text()).isEqualToNormalizingNewlines("""
                        {
                          "batchId" : "%s",
                          "created" : "2016-03-04T22:07:27Z",
                          "delivery" : {
                            "expirationHours" : 24,
                            "expires" : "2016-03-05T22:07:27Z",
                            "maxDownloads" : 3,
                            "methodName" : "HTTP",
                            "statusName" : "READY",
                            "url" : "%s"
                          },
                          "encryptionEnabled" : false,
                          "groupId" : "%s",
                          "hostId" : "%s",
                          "id" : "%s",
                          "links" : [ {
                            "href" : "%s/hosts/%4$s/restoreJobs/%5$s",
                            "rel" : "self"
                          }, {
                            "href" : "%6$s/hosts/%4$s",
                            "rel" : "http://mms.mongodb.com/cluster"
                          }, {
                            "href" : "%6$s/hosts/%4$s/snapshots/%7$s",
                            "rel" : "http://mms.mongodb.com/snapshot"
                          }, {
                            "href" : "%6$s",
                            "rel" : "http://mms.mongodb.com/group"
                          }, {
                            "href" : "%6$s/hosts/%4$s",
                            "rel" : "http://mms.mongodb.com/host"
                          } ],
                          "pointInTime" : false,
                          "snapshotId" : "%7$s",
                          "statusName" : "FINISHED",
                          "timestamp" : {
                            "date" : "2016-02-21T23:51:30Z",
                            "increment" : 7
                          }
                        }""".formatted(
                        batchId, url, ours.group.id(), host, id, api, ours.shardedSnapshot));
    }

    @Test
    void headersOfAnAnswerAreTheDocumentedOnes() throws IOException {
        WireAnswer answer = owner.get(configJob());
        assertThat(answer.reason()).isEqualTo("OK");
        assertThat(answer.headers())
                .containsExactlyInAnyOrder(
                        "Date: Fri, 04 Mar 2016 22:07:27 GMT",
                        "Content-Type: application/json",
                        "Content-Length: " + answer.body().length,
                        "Strict-Transport-Security: max-age=300",
                        "Vary: Accept-Encoding",
                        "Connection: keep-alive",
                        "X-MongoDB-Service-Version: gitHash=0123abc; versionString=1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.net/x", "a b", "\"><script>", "", "user@evil", "h:99999"})
    void hostThatIsNoneIsNotRepeatedInLinks(String host) throws IOException {
        WireAnswer answer = owner.get(ours.path(), "Host: " + host);
        if (answer.status() == 200) {
            assertThat(answer.json().at("/links/0/href").textValue()).isEqualTo(server.wiring.baseUrl() + ours.path());
        } else {
            assertStatus(answer, 400, "Bad Request");
        }
    }

    @Test
    void errorsBearTheVersionToo() throws IOException {
        WireAnswer missing = owner.get(ours.path() + "/nothing");
        assertThat(missing.header("X-MongoDB-Service-Version")).isEqualTo("gitHash=0123abc; versionString=1.2.3");
        assertThat(missing.header("Strict-Transport-Security")).isEqualTo("max-age=300");
    }

    @Test
    void gzipIsUsedWhenAskedForAndUnpacksToTheSame() throws IOException {
        WireAnswer plain = owner.get(configJob());
        WireAnswer packed = owner.get(configJob(), "Accept-Encoding: gzip, deflate");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.body().length).isLessThan(plain.body().length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void plainFormHasNoWhiteSpaceAndPrettyFormSaysTheSame() throws IOException {
        WireAnswer plain = owner.get(configJob());
        assertThat(plain.text())
                .startsWith("{\"batchId\":\"")
                .doesNotContain("\n")
                .doesNotContain(" :");
        assertThat(owner.get(configJob() + "?pretty=true").json()).isEqualTo(plain.json());
        // an empty list as Jackson's printer has it
        String mirror = ours.path(ours.mirrors.get(1)) + "/restoreJobs?pretty=true";
        assertThat(owner.get(mirror).text()).contains("\"results\" : [ ],\n  \"totalCount\" : 0\n}");
    }

    @Test
    void envelopeHoldsAnEntityUnderBothNames() throws IOException {
        JsonNode bare = owner.get(configJob()).json();
        JsonNode enveloped = owner.get(configJob() + "?envelope=true").json();
        assertThat(enveloped.fieldNames()).toIterable().containsExactly("content", "envelope", "status");
        assertThat(enveloped.get("content")).isEqualTo(bare);
        assertThat(enveloped.get("envelope")).isEqualTo(bare);
        assertThat(enveloped.get("status").intValue()).isEqualTo(200);
    }

    @Test
    void envelopeOfAListIsTheListAndItsStatus() throws IOException {
        JsonNode list = owner.get(ours.path() + "/clusters?envelope=true").json();
        assertThat(list.fieldNames()).toIterable().containsExactly("links", "results", "status", "totalCount");
        assertThat(list.get("status").intValue()).isEqualTo(200);
    }

    @Test
    void envelopeOfAnErrorKeepsTheStatusOnTheWire() throws IOException {
        WireAnswer answer = owner.get(ours.path() + "/clusters/zz?envelope=true");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/content/errorCode").textValue()).isEqualTo("INVALID_CLUSTER_ID");
        assertThat(answer.json().get("status").intValue()).isEqualTo(404);
    }

    @Test
    void trailingSlashChangesNothing() throws IOException {
        for (String path : List.of(WiredServer.API, ours.path(), ours.path() + "/clusters", configJob())) {
            assertThat(owner.get(path + "/").status()).as(path).isEqualTo(200);
            assertThat(owner.get(path + "/").body())
                    .as(path)
                    .isEqualTo(owner.get(path).body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batchId", "batchid", "BATCH-ID"})
    void batchIsFoundInEverySpelling(String name) throws IOException {
        String batch = owner.get(configJob()).json().get("batchId").textValue();
        String list = ours.path(ours.sharded) + "/restoreJobs?" + name + "=";
        JsonNode found = owner.get(list + batch).json();
        assertThat(found.get("totalCount").intValue()).isEqualTo(3);
        found.get("results")
                .forEach(job -> assertThat(job.get("batchId").textValue()).isEqualTo(batch));
        assertThat(owner.get(list + "0".repeat(24)).json().get("results")).isEmpty();
        assertThat(owner.get(list + "nonsense").errorCode()).isEqualTo("INVALID_QUERY_PARAMETER");
    }

    @Test
    void headIsTheGetWithoutItsBody() throws IOException {
        WireAnswer get = owner.get(configJob());
        WireAnswer head = owner.send("HEAD", configJob(), List.of(), NOTHING);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsExactlyInAnyOrderElementsOf(get.headers());
        assertThat(owner.get(configJob()).body()).isEqualTo(get.body());
    }

    @Test
    void unknownPathIsNamed() throws IOException {
        String path = WiredServer.API + "/nope";
        WireAnswer answer = owner.get(path);
        assertThat(answer.text())
                .isEqualTo("{\"detail\":\"No such resource: " + path + "\",\"error\":404,"
                        + "\"errorCode\":\"RESOURCE_NOT_FOUND\",\"parameters\":[\"" + path
                        + "\"],\"reason\":\"Not Found\"}");
        assertThat(owner.anonymous("GET", path, List.of(), NOTHING).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS"})
    void otherMethodsAreRefusedAndTheRightOnesNamed(String method) throws IOException {
        for (String path : List.of(configJob(), WiredServer.API)) {
            WireAnswer answer = owner.send(method, path, List.of(), NOTHING);
            assertStatus(answer, 405, "Method Not Allowed");
            assertThat(answer.header("Allow")).contains("GET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, text/*;q=0.5", "application/json;q=0"})
    void whoDoesNotTakeJsonGetsNone(String accept) throws IOException {
        assertStatus(owner.get(configJob(), "Accept: " + accept), 406, "Not Acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, */*;q=0.1", "application/json; charset=utf-8"})
    void whoTakesJsonGetsIt(String accept) throws IOException {
        assertThat(owner.get(configJob(), "Accept: " + accept).status()).isEqualTo(200);
    }

    @Test
    void bodyMustSayThatItIsJson() throws IOException {
        byte[] body = ("{\"snapshotId\":\"" + ours.shardedSnapshot + "\"}").getBytes(StandardCharsets.UTF_8);
        String list = ours.path(ours.mirrors.get(0)) + "/restoreJobs";
        long before = server.rows("restore_job");
        assertStatus(owner.post(list, body), 415, "Unsupported Media Type");
        assertStatus(
                owner.post(list, body, "Content-Type: application/x-www-form-urlencoded"),
                415,
                "Unsupported Media Type");
        assertThat(server.rows("restore_job")).isEqualTo(before);
        assertThat(owner.post(list, body, "Content-Type: application/json; charset=UTF-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bodyAndHeadHaveBounds() throws IOException {
        byte[] body = ("{\"snapshotId\":\"" + "0".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertStatus(owner.post(ours.path(ours.sharded) + "/restoreJobs", body, JSON), 413, "Content Too Large");
        assertStatus(owner.get(configJob(), "X-Long: " + "x".repeat(40_000)), 431, "Request Header Fields Too Large");
        assertStatus(owner.get(configJob() + "?x=" + "x".repeat(10_000)), 414, "URI Too Long");
        assertThat(owner.get(configJob()).status()).isEqualTo(200);
    }

    private static String configJob() {
        return ours.path(ours.mirrors.get(0)) + "/restoreJobs/" + jobs.get(0);
    }

    private static void assertStatus(WireAnswer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        JsonNode document = answer.json();
        assertThat(document.get("error").intValue()).isEqualTo(status);
        assertThat(document.get("reason").textValue()).isEqualTo(reason);
        assertThat(document.get("detail").textValue()).isNotBlank();
        assertThat(document.has("errorCode")).isFalse();
    }
}
