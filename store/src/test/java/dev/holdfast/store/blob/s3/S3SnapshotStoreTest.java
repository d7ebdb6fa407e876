package dev.holdfast.store.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.TestCapture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A whole snapshot store in a bucket: what is captured is what the archive holds, also in a storm. */
@EnabledIfEnvironmentVariable(named = S3Server.ENDPOINT, matches = ".+", disabledReason = S3Server.WHY_NOT)
class S3SnapshotStoreTest {
    private static final int BLOCK = 64 << 10;
    private static final int PART = 5 << 20;
    private static final int PACK = 6 << 20;
    private static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    private static final PartId FIRST = new PartId("600000000000000000000001");
    private static final PartId SECOND = new PartId("600000000000000000000002");

    // packs of two and more parts of an upload
    private final StoreSettings store = StoreSettings.DEFAULT.withPackBytes(PACK);
    private FaultyWay way;
    private S3Settings settings;

    @BeforeEach
    void open() throws Exception {
        way = FaultyWay.to(S3Server.shared());
        S3Settings direct = S3Server.newBucket(S3Server.shared());
        settings = S3Server.settings(way.endpoint(), direct.bucket(), direct.prefix());
    }

    @AfterEach
    void close() throws Exception {
        way.close();
    }

    @Test
    void captures_areRestoredByAnotherProcess_andTheStoreIsClean() throws IOException {
        roundTrip(2);
    }

    @Test
    void captures_surviveAStormOfRefusals() throws IOException {
        way.storm(5);
        roundTrip(2);
    }

    private void roundTrip(int packs) throws IOException {
        Map<String, byte[]> files = files(packs * PACK - PACK / 2);
        capture(1, FIRST, files);
        files.get("collection.wt")[100_000] ^= 1;
        capture(2, SECOND, files);
        try (BlobStore blobs = bucket(3);
                PackedSnapshotStore opened = PackedSnapshotStore.open(blobs, store, new Random(3))) {
            assertRestored(files, unpack(opened, SECOND));
            files.get("collection.wt")[100_000] ^= 1;
            assertRestored(files, unpack(opened, FIRST));
            assertThat(blobs.list("packs/"))
                    .as("only what changed was stored again")
                    .hasSize(packs + 1);
            assertThat(new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages())
                    .isEmpty();
        }
    }

    private static void assertRestored(Map<String, byte[]> files, Map<String, byte[]> restored) {
        assertThat(restored).containsOnlyKeys(files.keySet());
        files.forEach((path, bytes) ->
                assertThat(Arrays.equals(restored.get(path), bytes)).as(path).isTrue());
    }

    private void capture(long seed, PartId part, Map<String, byte[]> files) throws IOException {
        try (BlobStore blobs = bucket(seed);
                PackedSnapshotStore opened = PackedSnapshotStore.openOrCreate(blobs, store, new Random(seed));
                PartUpload upload = opened.begin(PROJECT, part)) {
            new TestCapture(BLOCK, files).into(upload);
        }
    }

    private BlobStore bucket(long seed) {
        return S3Server.retrying(S3Server.store(settings, PART, seed));
    }

    private static Map<String, byte[]> files(int size) {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] noise = new byte[size];
        new Random(5).nextBytes(noise);
        files.put("collection.wt", noise);
        files.put("mongod.lock", new byte[0]);
        files.put("sparse.wt", new byte[4 * BLOCK + 17]);
        return files;
    }

    private static Map<String, byte[]> unpack(PackedSnapshotStore store, PartId part) throws IOException {
        Archive archive = store.open(PROJECT, part).archive("12345678");
        ByteBuffer whole = ByteBuffer.allocate((int) archive.length());
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (whole.hasRemaining() && reader.read(whole) > 0) {}
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(new ByteArrayInputStream(whole.array())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName().substring("12345678/".length()), tar.readAllBytes());
                }
            }
        }
        return files;
    }
}
