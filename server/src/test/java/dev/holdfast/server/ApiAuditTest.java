package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.access.NewApiKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit trail says of requests, and to whom. */
final class ApiAuditTest {
    private static final String AUDIT = "/api/holdfast/v1/audit";

    @TempDir
    static Path directory;

    private static WiredServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aChange_isToldWithWhoFromWhereAndWhat_andSoIsARefusal() throws IOException {
        String target = server.ours.path(server.ours.replicaSet) + "/restoreJobs";
        String body = "{\"snapshotId\":\"" + server.ours.replicaSetSnapshot + "\"}";
        assertThat(post(server.owner, target, body).status()).isEqualTo(200);
        JsonNode done = latest("CHANGE");
        assertThat(done.get("what").textValue())
                .isEqualTo("POST /api/public/v1.0/groups/{groupId}/clusters/{clusterId}/restoreJobs");
        assertThat(done.get("who").textValue()).isEqualTo(server.owner.publicKey());
        assertThat(done.get("from").textValue()).isEqualTo("127.0.0.1");
        assertThat(done.get("path").textValue()).isEqualTo(target);
        assertThat(done.get("groupId").textValue())
                .isEqualTo(server.ours.group.id().hex());
        assertThat(done.get("outcome").textValue()).isEqualTo("DONE");

        assertThat(post(server.reader, target, body).status()).isEqualTo(401);
        JsonNode refused = latest("CHANGE");
        assertThat(refused.get("who").textValue()).isEqualTo(server.reader.publicKey());
        assertThat(refused.get("outcome").textValue()).isEqualTo("REFUSED");
        assertThat(refused.get("errorCode").textValue()).isEqualTo("USER_UNAUTHORIZED");

        assertThat(post(server.owner, target, "{\"snapshotId\":7}").status()).isEqualTo(400);
        assertThat(latest("CHANGE").get("status").intValue()).isEqualTo(400);
        assertThat(post(server.owner, server.ours.path() + "/nothing", "{}").status())
                .isEqualTo(404);
        assertThat(latest("CHANGE").get("what").textValue()).isEqualTo("POST of no route");
    }

    @Test
    void aKeyThatIsMade_isToldWithoutItsSecret() throws IOException {
        String target = server.ours.orgPath() + "/apiKeys";
        WireAnswer made = post(server.orgOwner, target, "{\"desc\":\"for scripts\",\"roles\":[\"ORG_READ_ONLY\"]}");
        assertThat(made.status()).isEqualTo(201);
        JsonNode record = latest("KEY");
        assertThat(record.get("key")).isEqualTo(made.json().get("publicKey"));
        assertThat(record.get("who").textValue()).isEqualTo(server.orgOwner.publicKey());
        assertThat(record.get("roles").textValue()).contains("ORG_READ_ONLY");
        String privateKey = made.json().get("privateKey").textValue();
        assertThat(texts()).noneMatch(text -> text.contains(privateKey));
        // those that were made at the console are there too
        assertThat(texts())
                .anyMatch(text -> text.contains("agent key created") && text.contains("\"who\":\"holdfast\""));
        assertThat(texts()).noneMatch(text -> text.contains(server.owner.privateKey()));
    }

    @Test
    void aDownload_isToldFromItsBeginningToItsEnd_withoutItsToken() throws IOException {
        String target = server.ours.path(server.ours.replicaSet) + "/restoreJobs";
        String body = "{\"snapshotId\":\"" + server.ours.replicaSetSnapshot
                + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":1}}";
        JsonNode job = post(server.owner, target, body).json().at("/results/0");
        String path = URI.create(job.at("/delivery/url").textValue()).getPath();
        try (WireClient client = new WireClient(server.port)) {
            assertThat(client.send("GET", path, List.of(), new byte[0]).status())
                    .isEqualTo(200);
            // asked until it is counted
            server.client(server.owner).get(target + "/" + job.get("id").textValue());
            assertThat(client.send("GET", path, List.of(), new byte[0]).status())
                    .isEqualTo(403);
        }
        List<String> ofJob = new ArrayList<>();
        for (String text : texts()) {
            if (text.contains(job.get("id").textValue()) && text.contains("DOWNLOAD")) {
                ofJob.add(text);
            }
        }
        assertThat(ofJob).hasSize(3);
        assertThat(ofJob.get(0)).contains("download begun", "\"number\":1", "\"from\":\"127.0.0.1\"");
        assertThat(ofJob.get(1)).contains("download counted");
        assertThat(ofJob.get(2)).contains("link used up");
        String token = path.split("/")[6];
        assertThat(texts()).noneMatch(text -> text.contains(token));
    }

    @Test
    void theTrail_isForWhoReadsEverything_andForTheOwnerOfAProject() throws IOException {
        String ours = AUDIT + "?groupId=" + server.ours.group.id();
        assertThat(get(server.everywhere, AUDIT).status()).isEqualTo(200);
        assertThat(get(server.everywhere, ours).status()).isEqualTo(200);
        JsonNode owned = get(server.owner, ours).json();
        assertThat(owned.get("results")).isNotEmpty();
        for (JsonNode record : owned.get("results")) {
            assertThat(record.get("groupId").textValue())
                    .isEqualTo(server.ours.group.id().hex());
        }
        assertThat(get(server.owner, AUDIT).json().get("errorCode").textValue()).isEqualTo("USER_UNAUTHORIZED");
        assertThat(get(server.reader, ours).json().get("errorCode").textValue()).isEqualTo("USER_UNAUTHORIZED");
        String foreign = get(server.foreignKey, ours).json().get("errorCode").textValue();
        assertThat(foreign).isEqualTo("NOT_IN_GROUP");
        assertThat(get(server.foreignKey, AUDIT + "?groupId=000000000000000000000000")
                        .json()
                        .get("errorCode")
                        .textValue())
                .isEqualTo(foreign);
    }

    @Test
    void recordsAreFilteredAndPaged_theLatestFirst() throws IOException {
        JsonNode page =
                get(server.everywhere, AUDIT + "?kind=key&itemsPerPage=2").json();
        assertThat(page.get("results")).hasSize(2);
        assertThat(page.at("/results/0/seq").longValue())
                .isGreaterThan(page.at("/results/1/seq").longValue());
        assertThat(page.get("totalCount").intValue()).isGreaterThan(5);
        assertThat(page.at("/links/1/rel").textValue()).isEqualTo("next");
        assertThat(get(server.everywhere, AUDIT + "?to=2016-01-01T00:00:00Z")
                        .json()
                        .get("totalCount")
                        .intValue())
                .isZero();
        assertThat(get(server.everywhere, AUDIT + "?from=2016-01-01T00:00:00Z")
                        .json()
                        .get("totalCount")
                        .intValue())
                .isPositive();
        for (String bad : List.of("kind=x", "from=yesterday", "to=")) {
            assertThat(get(server.everywhere, AUDIT + "?" + bad).status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void theTrailOfALivingServer_isWhole() {
        var report = AuditCheck.run(
                new DataDirectory(directory.resolve("data")), ServerConfig.defaults(), null, new SecureRandom());
        assertThat(report.why()).isNull();
        assertThat(report.records()).isGreaterThan(10);
    }

    private static WireAnswer post(NewApiKey key, String target, String body) throws IOException {
        try (SignedClient client = server.client(key)) {
            return client.post(target, body.getBytes(StandardCharsets.UTF_8), "Content-Type: application/json");
        }
    }

    private static WireAnswer get(NewApiKey key, String target) throws IOException {
        try (SignedClient client = server.client(key)) {
            return client.get(target);
        }
    }

    private static JsonNode latest(String kind) throws IOException {
        return get(server.everywhere, AUDIT + "?itemsPerPage=1&kind=" + kind)
                .json()
                .at("/results/0");
    }

    private static List<String> texts() {
        return server.wiring
                .database()
                .read(handle -> handle.createQuery("SELECT text FROM audit_record ORDER BY seq")
                        .mapTo(String.class)
                        .list());
    }
}
