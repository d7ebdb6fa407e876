package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.deployment.Host;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Restores on the wired server, from the POST to the unpacked files, as scripts make them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiRestoreContract {
    private WiredServer server;
    private WiredProject ours;
    private Host mirror;

    private SignedClient owner;

    /** A new server. */
    abstract WiredServer open() throws IOException;

    @BeforeAll
    void start() throws IOException {
        server = open();
        ours = server.ours;
        mirror = ours.mirrors.get(0);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        owner = server.client(server.owner);
    }

    @AfterEach
    void close() throws IOException {
        owner.close();
    }

    @Test
    void configServerComesBackAsItWasAndItsHashIsShown() throws Exception {
        JsonNode job = post(ours.path(mirror), ours.shardedSnapshot, "");
        String file = job.at("/delivery/url").textValue();
        String name = file.substring(file.lastIndexOf('/') + 1);
        assertThat(job.at("/delivery/maxDownloads").intValue()).isEqualTo(1);
        assertThat(job.at("/delivery/expirationHours").intValue()).isEqualTo(1);
        assertThat(job.has("hashes")).isFalse();
        assertThat(job.has("batchId")).isFalse();
        assertThat(job.has("clusterId")).isFalse();
        assertThat(job.at("/results/0/id")).isEqualTo(job.get("id"));
        assertThat(job.get("totalCount").intValue()).isEqualTo(1);

        WireAnswer archive = download(file);
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.header("Content-Type")).isEqualTo("application/gzip");
        assertThat(archive.header("Content-Disposition")).isEqualTo("attachment; filename=\"" + name + "\"");
        assertThat(archive.header("Content-Encoding")).isNull();
        String top = name.substring(0, name.length() - ".tar.gz".length()) + "/";
        Map<String, byte[]> unpacked = unpacked(archive.body());
        assertThat(unpacked.keySet()).allMatch(path -> path.startsWith(top)).contains(top + "restoreInfo.txt");
        ours.configFiles.forEach(
                (path, content) -> assertThat(unpacked.get(top + path)).as(path).isEqualTo(content));

        JsonNode after = owner.get(local(job.at("/links/0/href").textValue())).json();
        assertThat(after.at("/delivery/statusName").textValue()).isEqualTo("MAX_DOWNLOADS_EXCEEDED");
        assertThat(after.get("statusName").textValue()).isEqualTo("FINISHED");
        assertThat(after.get("hashes")).hasSize(1);
        assertThat(after.at("/hashes/0/fileName").textValue()).isEqualTo(name);
        assertThat(after.at("/hashes/0/typeName").textValue()).isEqualTo("SHA1");
        assertThat(after.at("/hashes/0/hash").textValue())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(archive.body())));
        WireAnswer second = download(file);
        assertThat(second.status()).isEqualTo(403);
        assertThat(second.json().get("error").intValue()).isEqualTo(403);
    }

    @Test
    void masterKeyOfAMongodThatEncryptsIsInSnapshotPartJobAndArchive() throws IOException {
        String key = "6b0c4b63-8b5d-4c1e-a0c2-0f6f0d6c1c5e";
        String token = server.wiring
                .agentKeys()
                .createAgentKey(ours.group.id(), "agent", WiredServer.START)
                .token();
        String snapshot;
        try (AgentUpload agent = new AgentUpload(server.port, ours.group.id(), token)) {
            String set = ours.replicaSet.id().hex();
            snapshot = agent.begin("clusterId", set, WiredServer.SNAPSHOT_HOURS);
            String more = ",\"encryptionEnabled\":true,\"masterKeyUUID\":\"" + key + "\"";
            agent.part(snapshot, "clusterId", set, WiredProject.OPLOG, Map.of("x.wt", new byte[9]), more);
            agent.commit(snapshot);
        }
        JsonNode shown =
                owner.get(ours.path(ours.replicaSet) + "/snapshots/" + snapshot).json();
        JsonNode job = post(ours.path(ours.replicaSet), snapshot, "").at("/results/0");
        for (JsonNode document : List.of(shown.at("/parts/0"), job)) {
            assertThat(document.get("encryptionEnabled").booleanValue()).isTrue();
            assertThat(document.get("masterKeyUUID").textValue()).isEqualTo(key);
        }
        Map<String, byte[]> unpacked =
                unpacked(download(job.at("/delivery/url").textValue()).body());
        assertThat(unpacked.entrySet())
                .filteredOn(file -> file.getKey().endsWith("/restoreInfo.txt"))
                .singleElement()
                .satisfies(file -> assertThat(new String(file.getValue(), java.nio.charset.StandardCharsets.UTF_8))
                        .contains("Encryption: enabled", "Master Key UUID: " + key));
    }

    @Test
    void shardedClusterIsOneBatchOfWhichEachJobHasItsHome() throws IOException {
        JsonNode list = post(ours.path(ours.sharded), ours.shardedSnapshot, "");
        assertThat(list.fieldNames()).toIterable().containsExactly("links", "results", "totalCount");
        assertThat(list.get("totalCount").intValue()).isEqualTo(3);
        List<String> homes = new ArrayList<>();
        for (JsonNode job : list.get("results")) {
            assertThat(job.get("batchId")).isEqualTo(list.at("/results/0/batchId"));
            assertThat(job.get("snapshotId").textValue()).isEqualTo(ours.shardedSnapshot);
            assertThat(job.get("links")).hasSize(1);
            homes.add(
                    job.has("hostId")
                            ? "host " + job.get("hostId").textValue()
                            : "cluster " + job.get("clusterId").textValue());
        }
        assertThat(homes)
                .containsExactly(
                        "host " + mirror.id(),
                        "cluster " + ours.shards.get(1).id(),
                        "cluster " + ours.shards.get(0).id());
        String config = list.at("/results/0/id").textValue();
        String shard = list.at("/results/1/id").textValue();
        // the config server's job is on the host's path and on the cluster's, a shard's under both clusters
        for (String path : List.of(
                ours.path(mirror) + "/restoreJobs/" + config,
                ours.path(ours.sharded) + "/restoreJobs/" + config,
                ours.path(ours.sharded) + "/restoreJobs/" + shard,
                ours.path(ours.shards.get(1)) + "/restoreJobs/" + shard)) {
            assertThat(owner.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(owner.get(ours.path(mirror) + "/restoreJobs/" + shard).errorCode())
                .isEqualTo("CONFIG_RESTORE_JOB_NOT_FOUND");
        assertThat(owner.get(ours.path(ours.mirrors.get(1)) + "/restoreJobs/" + config)
                        .errorCode())
                .isEqualTo("CONFIG_RESTORE_JOB_NOT_FOUND");
        for (JsonNode job : list.get("results")) {
            assertThat(unpacked(download(job.at("/delivery/url").textValue()).body()))
                    .isNotEmpty();
        }
    }

    @Test
    void replicaSetIsOneJobWithoutABatch() throws IOException {
        JsonNode list = post(ours.path(ours.replicaSet), ours.replicaSetSnapshot, ",\"delivery\":{}");
        assertThat(list.get("results")).hasSize(1);
        JsonNode job = list.at("/results/0");
        assertThat(job.has("batchId")).isFalse();
        assertThat(job.has("hostId")).isFalse();
        assertThat(job.get("clusterId").textValue())
                .isEqualTo(ours.replicaSet.id().hex());
        assertThat(job.at("/delivery/url").textValue())
                .endsWith("/ours-rs-" + WiredProject.OPLOG + "-" + job.get("id").textValue() + ".tar.gz");
    }

    @Test
    void requestOfTheDocumentationIsTaken() throws IOException {
        String everything = ",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":\"2\",\"expirationHours\":\"1\","
                + "\"expires\":\"2016-03-05T12:00Z\",\"statusName\":\"READY\",\"url\":\"https://x\"}";
        // of the request table of 3.6, and without a meaning
        String old = ",\"encryptionEnabled\":true,\"masterKeyUUID\":\"56ca4d82-8d02-4d10-a2ef-f00156ca4d82\"";
        JsonNode job = post(ours.path(mirror), ours.shardedSnapshot, old + everything);
        assertThat(job.at("/encryptionEnabled").booleanValue()).isFalse();
        assertThat(job.has("masterKeyUUID")).isFalse();
        assertThat(job.at("/delivery/expires").textValue()).isEqualTo("2016-03-05T12:00:00Z");
        assertThat(job.at("/delivery/maxDownloads").intValue()).isEqualTo(2);
        WireAnswer cluster = owner.post(
                ours.path(ours.sharded) + "/restoreJobs",
                "{\"snapshotId\":\"" + ours.shardedSnapshot + "\"" + everything + "}");
        assertThat(cluster.errorCode()).isEqualTo("INVALID_ATTRIBUTE");
        assertThat(cluster.parameters()).containsExactly("delivery.expires");
    }

    @Test
    void limitsMayBeWrittenInEveryForm() throws IOException {
        for (String downloads : List.of("2", "\"2\"", "2.0", "\"2.0\"", "2e0")) {
            for (String hours : List.of("24", "\"24\"", "24.0")) {
                JsonNode job = post(
                        ours.path(mirror),
                        ours.shardedSnapshot,
                        ",\"delivery\":{\"maxDownloads\":" + downloads + ",\"expirationHours\":" + hours + "}");
                assertThat(job.at("/delivery/maxDownloads").toString()).isEqualTo("2");
                assertThat(job.at("/delivery/expirationHours").toString()).isEqualTo("24");
            }
        }
        String unlimited = ",\"delivery\":{\"maxDownloads\":2147483647}";
        assertThat(post(ours.path(mirror), ours.shardedSnapshot, unlimited)
                        .at("/delivery/maxDownloads")
                        .toString())
                .isEqualTo("2147483647");
    }

    @Test
    void incompleteSnapshotIsHiddenAndNotRestored() throws IOException {
        String snapshots = ours.path(ours.sharded) + "/snapshots";
        assertThat(owner.get(snapshots).json().get("results")).hasSize(1);
        assertThat(owner.get(snapshots + "?completed=all").json().get("results"))
                .hasSize(2);
        JsonNode incomplete = owner.get(snapshots + "?completed=false").json().at("/results/0");
        assertThat(incomplete.get("id").textValue()).isEqualTo(ours.incompleteSnapshot);
        assertThat(incomplete.get("complete").booleanValue()).isFalse();
        assertThat(owner.get(snapshots + "?completed=maybe").errorCode()).isEqualTo("INVALID_QUERY_PARAMETER");
        WireAnswer refused = owner.post(ours.path(ours.sharded) + "/restoreJobs", body(ours.incompleteSnapshot, ""));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT");
    }

    @Test
    void snapshotBelongsToTheMirrorItWasReadFrom() throws IOException {
        assertThat(owner.get(ours.path(mirror) + "/snapshots/" + ours.shardedSnapshot)
                        .json()
                        .at("/parts/0/typeName")
                        .textValue())
                .isEqualTo("CONFIG_SERVER");
        for (Host other : ours.mirrors.subList(1, 3)) {
            JsonNode list = owner.get(ours.path(other) + "/snapshots").json();
            assertThat(list.get("results")).isEmpty();
            assertThat(list.get("totalCount").intValue()).isZero();
            WireAnswer refused = owner.post(ours.path(other) + "/restoreJobs", body(ours.shardedSnapshot, ""));
            assertThat(refused.errorCode()).isEqualTo("CONFIG_SNAPSHOT_NOT_FOUND");
            assertThat(refused.parameters())
                    .containsExactly(ours.shardedSnapshot, other.id().hex());
        }
        WireAnswer noConfig = owner.get(ours.path(ours.member) + "/snapshots");
        assertThat(noConfig.status()).isEqualTo(404);
        assertThat(noConfig.errorCode()).isEqualTo("NOT_CONFIG_SERVER");
        assertThat(noConfig.parameters()).containsExactly(ours.member.id().hex());
    }

    @Test
    void linkExpiresByTheClockAndStaysInTheDocument() throws IOException {
        JsonNode job = post(ours.path(mirror), ours.shardedSnapshot, "");
        String path = local(job.at("/links/0/href").textValue());
        server.clock.advance(Duration.ofHours(1));
        JsonNode expired = owner.get(path).json();
        assertThat(expired.at("/delivery/statusName").textValue()).isEqualTo("EXPIRED");
        assertThat(expired.get("statusName").textValue()).isEqualTo("FINISHED");
        assertThat(expired.at("/delivery/url")).isEqualTo(job.at("/delivery/url"));
        assertThat(download(job.at("/delivery/url").textValue()).status()).isEqualTo(410);
    }

    @Test
    void manyDownloadsAtOnceGetNoMoreThanThePromise() throws Exception {
        JsonNode job = post(ours.path(mirror), ours.shardedSnapshot, "");
        String url = job.at("/delivery/url").textValue();
        WireAnswer head = owner.anonymous("HEAD", local(url), List.of(), new byte[0]);
        long size = Long.parseLong(head.header("Content-Length"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<WireAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            answers.add(threads.submit(() -> {
                try (WireClient client = new WireClient(server.port)) {
                    return client.send("GET", local(url), List.of(), new byte[0]);
                }
            }));
        }
        threads.shutdown();
        Set<Integer> whole = new HashSet<>();
        long bytes = 0;
        for (Future<WireAnswer> each : answers) {
            WireAnswer answer = each.get();
            assertThat(answer.status()).isIn(200, 403);
            if (answer.status() == 200) {
                bytes += answer.body().length;
                if (answer.body().length == size) {
                    whole.add(Arrays.hashCode(answer.body()));
                }
            }
        }
        // one download, and twice its size for retries
        assertThat(bytes).isBetween(size, 3 * size);
        assertThat(whole).hasSize(1);
        assertThat(owner.get(local(job.at("/links/0/href").textValue()))
                        .json()
                        .at("/delivery/statusName")
                        .textValue())
                .isEqualTo("MAX_DOWNLOADS_EXCEEDED");
    }

    @Test
    void linkIsTheOnlyKeyToItsArchive() throws IOException {
        String url = post(ours.path(mirror), ours.shardedSnapshot, "")
                .at("/delivery/url")
                .textValue();
        String[] parts = url.split("/");
        String token = parts[parts.length - 2];
        WireAnswer wrongToken = download(url.replace(token, token.replace(token.charAt(0), 'x')));
        assertThat(wrongToken.status()).isEqualTo(404);
        assertThat(download(url.replace(".tar.gz", ".tar")).body()).isEqualTo(wrongToken.body());
        String noJob = url.replaceFirst("/pull/[0-9a-f]{24}/", "/pull/" + "0".repeat(24) + "/");
        assertThat(download(noJob).body()).isEqualTo(wrongToken.body());
        // clients that offer a digest are not disturbed
        assertThat(owner.get(local(url)).status()).isEqualTo(200);
    }

    private JsonNode post(String owner, String snapshot, String more) throws IOException {
        WireAnswer answer = this.owner.post(owner + "/restoreJobs", body(snapshot, more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private WireAnswer download(String url) throws IOException {
        return owner.anonymous("GET", local(url), List.of(), new byte[0]);
    }

    private static String body(String snapshot, String more) {
        return "{\"snapshotId\":\"" + snapshot + "\"" + more + "}";
    }

    private String local(String url) {
        assertThat(url).startsWith(server.wiring.baseUrl() + "/");
        return url.substring(server.wiring.baseUrl().length());
    }

    private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var gzip = new GzipCompressorInputStream(new ByteArrayInputStream(archive), true);
                var tar = new TarArchiveInputStream(gzip)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName(), tar.readAllBytes());
                }
            }
        }
        return files;
    }
}
