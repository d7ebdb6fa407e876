package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.store.cipher.kmip.KmipKeys;
import dev.holdfast.store.cipher.kmip.KmipSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The whole server over a store whose data keys a real KMIP server wraps, which goes away and comes back. */
@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_KMIP",
        matches = ".+",
        disabledReason = "no KMIP server: install python3-pykmip and run ./test")
final class KmipApiTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private CuttableRoad road;
    private KmipSettings settings;
    private WiredServer server;
    private WiredProject ours;
    private SignedClient owner;

    @BeforeEach
    void start() throws IOException {
        String[] kmip = System.getenv("HOLDFAST_TEST_KMIP").split(":", 2);
        Path certificates = Path.of(System.getenv("HOLDFAST_TEST_KMIP_CERTS"));
        road = new CuttableRoad(kmip[0], Integer.parseInt(kmip[1]));
        settings = new KmipSettings(
                "127.0.0.1",
                road.port(),
                certificates.resolve("client.pem"),
                certificates.resolve("client.key"),
                certificates.resolve("ca.pem"),
                null,
                null,
                Duration.ofSeconds(20),
                null);
        server = new WiredServer(directory, null, new EncryptionSettings(null, settings, LIFETIME));
        ours = server.ours;
        owner = server.client(server.owner);
    }

    @AfterEach
    void stop() throws IOException {
        owner.close();
        server.close();
        road.close();
    }

    @Test
    void masterKeyOfAJob_isAKeyInTheKmipServer_andSoIsThatOfOurDataKeys() throws IOException {
        String mongods;
        try (KmipKeys keys = new KmipKeys(settings, new SecureRandom())) {
            mongods = keys.register("mongod-" + ours.group.id(), new byte[32]);
        }
        String snapshot = declared(mongods);
        JsonNode shown =
                owner.get(ours.path(ours.replicaSet) + "/snapshots/" + snapshot).json();
        assertThat(shown.at("/parts/0/encryptionEnabled").booleanValue()).isTrue();
        assertThat(shown.at("/parts/0/masterKeyUUID").textValue()).isEqualTo(mongods);
        JsonNode job = restore(snapshot).json().at("/results/0");
        assertThat(job.get("encryptionEnabled").booleanValue()).isTrue();
        String named = job.get("masterKeyUUID").textValue();
        assertThat(new String(download(job).body(), 0, 2, java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo("\u001f\u008b");

        JsonNode encryption = encryption();
        assertThat(encryption.get("enabled").booleanValue()).isTrue();
        assertThat(encryption.get("provider").textValue()).isEqualTo("kmip");
        assertThat(encryption.at("/keys/state").textValue()).isEqualTo("UP");
        assertThat(encryption.get("projects")).hasSize(2);
        String master = encryption.at("/projects/0/masterKey").textValue();
        assertThat(master).isEqualTo(encryption.get("masterKey").textValue()).startsWith("kmip:");
        try (KmipKeys keys = new KmipKeys(settings, new SecureRandom())) {
            assertThat(keys.locate("mongod-" + ours.group.id())).containsExactly(named);
            // both are there, for they can be fetched
            assertThat(keys.wrap("kmip:" + named, new byte[32], new byte[0])).hasSize(60);
            assertThat(keys.wrap(master, new byte[32], new byte[0])).hasSize(60);
        }
    }

    @Test
    void deadKeyServer_stopsNewRestoresWithA503_andTheyWorkWhenItIsBack() throws IOException {
        JsonNode early = restore(ours.replicaSetSnapshot).json().at("/results/0");
        road.cut();
        // the last look at the keys is fresh enough
        assertThat(download(early).status()).isEqualTo(200);

        server.clock.advance(LIFETIME.plusSeconds(1));
        JsonNode late = restore(ours.replicaSetSnapshot).json();
        assertThat(late.at("/error").intValue()).isEqualTo(503);
        assertThat(late.at("/detail").textValue()).startsWith("The keys of the encrypted store are not available now");
        JsonNode state = encryption();
        assertThat(state.at("/keys/state").textValue()).isEqualTo("DOWN");
        assertThat(state.at("/keys/failure").textValue()).contains("does not answer");

        road.mend();
        server.clock.advance(Duration.ofSeconds(2));
        JsonNode again = restore(ours.replicaSetSnapshot).json().at("/results/0");
        assertThat(download(again).status()).isEqualTo(200);
        assertThat(encryption().at("/keys/state").textValue()).isEqualTo("UP");
    }

    /** A snapshot of the replica set, said to be of a mongod that encrypts. */
    private String declared(String masterKey) throws IOException {
        String token = server.wiring
                .agentKeys()
                .createAgentKey(ours.group.id(), "agent", WiredServer.START)
                .token();
        try (AgentUpload agent = new AgentUpload(server.port, ours.group.id(), token)) {
            String id = ours.replicaSet.id().hex();
            String snapshot = agent.begin("clusterId", id, WiredServer.SNAPSHOT_HOURS);
            String more = ",\"encryptionEnabled\":true,\"masterKeyUUID\":\"" + masterKey + "\"";
            agent.part(snapshot, "clusterId", id, WiredProject.OPLOG, Map.of("x.wt", new byte[100]), more);
            assertThat(agent.commit(snapshot)).isTrue();
            return snapshot;
        }
    }

    private WireAnswer restore(String snapshot) throws IOException {
        return owner.post(
                ours.path(ours.replicaSet) + "/restoreJobs",
                "{\"snapshotId\":\"" + snapshot + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":3}}");
    }

    private WireAnswer download(JsonNode job) throws IOException {
        String path = URI.create(job.at("/delivery/url").textValue()).getRawPath();
        return owner.anonymous("GET", path, List.of(), new byte[0]);
    }

    private JsonNode encryption() throws IOException {
        try (SignedClient client = server.client(server.globalOwner)) {
            return client.get("/api/holdfast/v1/encryption").json();
        }
    }
}
