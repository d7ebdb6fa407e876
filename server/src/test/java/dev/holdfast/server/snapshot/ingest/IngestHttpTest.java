package dev.holdfast.server.snapshot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.server.snapshot.ingest.TestIngestServer.Got;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's wire over real HTTP, used well and abused. */
final class IngestHttpTest {
    private static final TestData DATA = new TestData(1);
    private static final long PLAIN = 3 * TestData.BLOCK_SIZE + 100 + 10 + 2 * TestData.BLOCK_SIZE;

    @TempDir
    private Path folder;

    private Database database;
    private PackedSnapshotStore store;
    private TestIngestServer server;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
        StoreSettings settings = StoreSettings.DEFAULT.withBlockSize(TestData.BLOCK_SIZE);
        store = PackedSnapshotStore.create(new MemoryBlobStore(), settings, new Random(5));
        server = new TestIngestServer(database, store, folder.resolve("spool"), 0, Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
        database.close();
    }

    @Test
    void configServer_fromBeginToCommit() {
        Got begun = server.post("snapshots", Map.of("hostId", mirror()));
        assertThat(begun.status()).isEqualTo(201);
        String snapshot = begun.json().get("snapshotId").asText();
        Got part =
                server.post("snapshots/" + snapshot + "/parts", TestSnapshots.part(server.made.there.mirrors.get(0)));
        assertThat(part.status()).isEqualTo(201);
        assertThat(part.json().get("blockSize").asInt()).isEqualTo(TestData.BLOCK_SIZE);
        assertThat(part.json().get("level").asText()).isEqualTo("fast");
        String path = "parts/" + part.json().get("partId").asText();

        Got early = server.post(path + "/commit", DATA.fileList);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().get("missing")).hasSize(DATA.blocks.size());

        Got offered = server.post(path + "/offer", DATA.offer());
        assertThat(offered.status()).isEqualTo(200);
        assertThat(offered.body()).as("all five blocks").containsExactly(0b11111);
        Got stored = server.post(path + "/segments", DATA.frames());
        assertThat(stored.json().get("stored").asInt()).isEqualTo(5);
        assertThat(server.post(path + "/segments", DATA.frames())
                        .json()
                        .get("known")
                        .asInt())
                .isEqualTo(5);
        assertThat(server.post(path + "/offer", DATA.offer()).body()).containsExactly(0);

        Got committed = server.post(path + "/commit", DATA.fileList);
        assertThat(committed.status()).isEqualTo(200);
        assertThat(committed.json().get("files").asInt()).isEqualTo(5);
        assertThat(committed.json().get("plainBytes").asLong()).isEqualTo(PLAIN);
        Got again = server.post(path + "/commit", DATA.fileList);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(committed.json());

        Got ended = server.post("snapshots/" + snapshot + "/commit", new byte[0]);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().get("complete").asBoolean())
                .as("its cluster lacks the shards")
                .isFalse();
        assertSpoolIsEmpty();
    }

    @Test
    void replicaSet_isComplete() {
        String snapshot = snapshot();
        String part = part(snapshot);
        server.post(part + "/segments", DATA.frames());
        assertThat(server.post(part + "/commit", DATA.fileList).status()).isEqualTo(200);
        Got ended = server.post("snapshots/" + snapshot + "/commit", new byte[0]);
        assertThat(ended.json().get("complete").asBoolean()).isTrue();
    }

    @Test
    void frames_thatAreCutOrLie_changeNothing() {
        String part = part(snapshot());
        byte[] frames = DATA.frames();
        BlockId id = DATA.blocks.keySet().iterator().next();
        int size = TestData.BLOCK_SIZE;
        List<byte[]> bad = List.of(
                Arrays.copyOf(frames, frames.length - 1),
                Arrays.copyOf(frames, 39),
                Arrays.copyOf(frames, frames.length + 1),
                TestData.frame(id, size + 1, 10, new byte[10]),
                TestData.frame(id, 0, 10, new byte[10]),
                TestData.frame(id, -1, 10, new byte[10]),
                TestData.frame(id, size, 0, new byte[0]),
                TestData.frame(id, size, -5, new byte[10]),
                TestData.frame(id, size, Integer.MAX_VALUE, new byte[10]),
                TestData.frame(id, size, SegmentEncoder.maxLength(size) + 1, new byte[size + 65]),
                TestData.frame(id, size, 10, new byte[10]),
                TestData.frame(
                        id,
                        DATA.blocks.get(DATA.blocks.keySet().stream()
                                .reduce((a, b) -> b)
                                .orElseThrow())));
        for (byte[] body : bad) {
            Got got = server.post(part + "/segments", body);
            assertThat(got.status()).isEqualTo(400);
            assertThat(got.code()).isEqualTo("VALIDATION_ERROR");
            assertThat(got.detail()).contains("frame ");
        }
        assertThat(server.post(part + "/offer", DATA.offer()).body()).containsExactly(0b11111);
        assertThat(server.post(part + "/segments", new byte[0])
                        .json()
                        .get("stored")
                        .asInt())
                .isZero();
    }

    @Test
    void offers_ofOddLength_andTooLargeBodies_areRefused() {
        String part = part(snapshot());
        assertThat(server.post(part + "/offer", new byte[33]).code()).isEqualTo("VALIDATION_ERROR");
        assertThat(server.post(part + "/offer", new byte[0]).body()).isEmpty();
        assertThat(server.post(part + "/offer", new byte[AgentApi.MAX_OFFER * 32])
                        .status())
                .isEqualTo(200);
        assertThat(server.post(part + "/offer", new byte[AgentApi.MAX_OFFER * 32 + 32])
                        .status())
                .isEqualTo(413);
        assertThat(server.post(part + "/offer", DATA.offer()).status())
                .as("afterwards")
                .isEqualTo(200);
    }

    @Test
    void fileLists_thatAreMalformed_areRefused_andTheUploadGoesOn() throws IOException {
        String part = part(snapshot());
        server.post(part + "/segments", DATA.frames());
        byte[] flipped = DATA.fileList.clone();
        flipped[flipped.length / 2] ^= 1;
        byte[] otherBlockSize = DATA.fileList.clone();
        otherBlockSize[9] = 1;
        List<byte[]> bad = List.of(
                new byte[0],
                "HFFILES1".getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(DATA.fileList, DATA.fileList.length - 1),
                Arrays.copyOf(DATA.fileList, DATA.fileList.length + 1),
                new byte[100_000],
                otherBlockSize);
        for (byte[] body : bad) {
            Got got = server.post(part + "/commit", body);
            assertThat(got.status()).as(got.detail()).isEqualTo(400);
            assertThat(got.code()).isEqualTo("VALIDATION_ERROR");
            assertThat(got.detail()).isNotBlank();
        }
        assertThat(server.post(part + "/commit", flipped).status()).isBetween(400, 409);
        assertThat(server.post(part + "/commit", DATA.fileList).status()).isEqualTo(200);
        assertSpoolIsEmpty();
    }

    @Test
    void parts_ofOthers_andUnknownOnes_areNotFound() {
        String part = part(snapshot());
        GroupId other = server.made.there.groups.create("Chemistry").id();
        for (String what : List.of("/offer", "/segments", "/commit")) {
            Got foreign = server.send("POST", part + what, other, BodyPublishers.ofByteArray(DATA.fileList), false);
            assertThat(foreign.status()).as(what).isIn(404, 400);
            assertThat(server.post("parts/" + "0".repeat(24) + what, DATA.fileList)
                            .status())
                    .as(what)
                    .isEqualTo(404);
            assertThat(server.post("parts/nonsense" + what, DATA.fileList).code())
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
        assertThat(server.send("DELETE", part, other, BodyPublishers.noBody(), false)
                        .status())
                .isEqualTo(404);
        assertThat(server.post("snapshots/" + "0".repeat(24) + "/commit", new byte[0])
                        .code())
                .isEqualTo("SNAPSHOT_NOT_FOUND");
        assertThat(server.post("snapshots/x/commit", new byte[0]).code()).isEqualTo("INVALID_SNAPSHOT_ID");
        assertThat(server.post(part + "/offer", DATA.offer()).status()).isEqualTo(200);
    }

    @Test
    void longFileList_inChunksOfUnknownNumber_goesThroughTheSpool() {
        String part = part(snapshot());
        byte[] list = TestData.manyEmptyFiles(30_000);
        assertThat(list.length).as("several writes to the spool").isGreaterThan(1 << 20);
        Got got = server.send(
                "POST",
                part + "/commit",
                server.made.group,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(list)),
                false);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.json().get("files").asInt()).isEqualTo(30_001);
        assertSpoolIsEmpty();
    }

    @Test
    void manyAgentsAtOnce_waitTheirTurn() throws Exception {
        String part = part(snapshot());
        byte[] frames = DATA.frames();
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Callable<Got>> requests = IntStream.range(0, 36)
                    .mapToObj(i -> (Callable<Got>) () -> server.post(part + "/segments", frames))
                    .toList();
            int stored = 0;
            for (Future<Got> answer : threads.invokeAll(requests)) {
                assertThat(answer.get().status()).isEqualTo(200);
                stored += answer.get().json().get("stored").asInt();
            }
            assertThat(stored).as("each block once").isEqualTo(DATA.blocks.size());
        } finally {
            threads.shutdown();
        }
        assertThat(server.post(part + "/commit", DATA.fileList).status()).isEqualTo(200);
    }

    @Test
    void abandon_endsThePart() {
        String part = part(snapshot());
        assertThat(server.send("DELETE", part, server.made.group, BodyPublishers.noBody(), false)
                        .status())
                .isEqualTo(204);
        Got gone = server.post(part + "/offer", DATA.offer());
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.detail()).contains("HINT: begin the part again");
    }

    @Test
    void json_isReadStrictlyInNames() {
        assertThat(server.post("snapshots", Map.of("cluster", "x")).code()).isEqualTo("INVALID_ATTRIBUTE");
        assertThat(server.post("snapshots", Map.of()).code()).isEqualTo("MISSING_ONE_OF_ATTRIBUTES");
        assertThat(server.post("snapshots", Map.of("clusterId", 5)).code()).isEqualTo("INVALID_JSON_ATTRIBUTE");
        assertThat(server.post("snapshots", Map.of("hostId", mirror(), "expiresInHours", 1.5))
                        .status())
                .isEqualTo(400);
        String parts = "snapshots/" + snapshot() + "/parts";
        assertThat(server.post(parts, Map.of("clusterId", set())).code()).isEqualTo("MISSING_ATTRIBUTE");
        assertThat(server.post(parts, Map.of("clusterId", set(), "timestampSeconds", 5, "x", 1))
                        .code())
                .isEqualTo("INVALID_ATTRIBUTE");
    }

    @Test
    void masterKeyOfMongod_isCheckedToBeTheIdOfAKey() {
        String parts = "snapshots/" + snapshot() + "/parts";
        for (String id : List.of("4 2", "key\u00e9", "-", "a\"b", "x".repeat(129), "")) {
            Got got = server.post(parts, encrypted(id));
            assertThat(got.status()).as(id).isEqualTo(400);
            assertThat(got.detail()).as(id).contains("masterKeyUUID");
        }
        for (String id : List.of("7", "6b0c4b63-8b5d-4c1e-a0c2-0f6f0d6c1c5e", "x".repeat(128))) {
            assertThat(server.post(parts, encrypted(id)).status()).as(id).isLessThan(300);
        }
    }

    private Map<String, Object> encrypted(String key) {
        return Map.of("clusterId", set(), "timestampSeconds", 5, "encryptionEnabled", true, "masterKeyUUID", key);
    }

    @Test
    void cutConnection_leavesNothing_andHoldsNoSlot() throws IOException {
        String part = part(snapshot());
        for (int i = 0; i < 5; i++) {
            for (String what : List.of("/segments", "/commit")) {
                try (Socket socket = server.begin(part + what, 1 << 20)) {
                    socket.getOutputStream().write(new byte[500_000]);
                }
            }
        }
        server.post(part + "/segments", DATA.frames());
        assertThat(server.post(part + "/commit", DATA.fileList).status()).isEqualTo(200);
        assertSpoolIsEmpty();
    }

    @Test
    void stalledSender_isGivenUp() throws IOException {
        String part = part(snapshot());
        for (String what : List.of("/segments", "/commit")) {
            try (Socket socket = server.begin(part + what, 1 << 20)) {
                socket.getOutputStream().write(new byte[10]);
                String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                assertThat(answer).isEqualTo("HTTP/1.1 408");
            }
        }
        assertSpoolIsEmpty();
    }

    @Test
    void fullDisk_isToldAsSuch_andTheSpoolIsRemoved() {
        server.close();
        try (Database other = TestDatabases.sqlite(newFolder(), TestSnapshots.MIGRATIONS);
                TestIngestServer full =
                        new TestIngestServer(other, store, server.spool, Long.MAX_VALUE / 2, Duration.ofSeconds(5))) {
            Got begun = full.post(
                    "snapshots",
                    new BeginSnapshot(full.made.there.replicaSet.id().hex(), null, null));
            String parts = "snapshots/" + begun.json().get("snapshotId").asText() + "/parts";
            Got part = full.post(parts, TestSnapshots.part(full.made.there.replicaSet));
            String commit = "parts/" + part.json().get("partId").asText() + "/commit";
            assertThat(full.post(commit, DATA.fileList).status()).isEqualTo(507);
            byte[] longList = TestData.manyEmptyFiles(20_000);
            assertThat(full.post(commit, longList).status())
                    .as("in the middle of the body")
                    .isEqualTo(507);
            assertThat(full.post(commit, DATA.fileList).status())
                    .as("afterwards")
                    .isEqualTo(507);
            assertSpoolIsEmpty();
        }
    }

    @Test
    void partsInTheStore_areThoseThatWereCommitted() {
        String snapshot = snapshot();
        String part = part(snapshot);
        server.post(part + "/segments", DATA.frames());
        server.post(part + "/commit", DATA.fileList);
        part(snapshot());
        assertThat(store.parts(server.made.group)).containsExactly(new PartId(part.substring(6)));
    }

    private String snapshot() {
        return server.post("snapshots", new BeginSnapshot(set(), null, null))
                .json()
                .get("snapshotId")
                .asText();
    }

    private String part(String snapshot) {
        Got part = server.post("snapshots/" + snapshot + "/parts", TestSnapshots.part(server.made.there.replicaSet));
        assertThat(part.status()).isEqualTo(201);
        return "parts/" + part.json().get("partId").asText();
    }

    private String set() {
        return server.made.there.replicaSet.id().hex();
    }

    private String mirror() {
        return server.made.there.mirrors.get(0).id().hex();
    }

    private Path newFolder() {
        try {
            return Files.createDirectory(folder.resolve("other"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSpoolIsEmpty() {
        // what is deleted after an answer, or after a cut, may take a moment
        for (int i = 0; i < 200 && !spooled().isEmpty(); i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(spooled()).isEmpty();
    }

    private List<Path> spooled() {
        try (Stream<Path> files = Files.list(server.spool)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
