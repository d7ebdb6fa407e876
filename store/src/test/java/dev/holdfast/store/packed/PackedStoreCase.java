package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.FaultyBlobStore;
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

/** A store in memory with small blocks and packs, some files, and an unpacker. */
abstract class PackedStoreCase {
    static final int BLOCK = 4096;
    static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    static final GroupId OTHER = new GroupId("5f0000000000000000000002");
    static final PartId PART = new PartId("600000000000000000000001");
    static final PartId NEXT = new PartId("600000000000000000000002");

    final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());
    final Random random = new Random(7);
    final StoreSettings settings = StoreSettings.DEFAULT.withBlockSize(BLOCK).withPackBytes(64 << 10);
    PackedSnapshotStore store = PackedSnapshotStore.create(blobs, settings, random);

    PartSummary capture(PartId part, Map<String, byte[]> files) throws IOException {
        try (PartUpload upload = store.begin(PROJECT, part)) {
            return new TestCapture(BLOCK, files).into(upload);
        }
    }

    void reopen() {
        store.close();
        store = PackedSnapshotStore.open(blobs, settings, random);
    }

    void assertClean() {
        assertThat(new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages())
                .isEmpty();
    }

    /** The same files each time, with a file of text, one of noise, an empty one and one with zeros. */
    static Map<String, byte[]> files(int size) {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] noise = new byte[size];
        new Random(5).nextBytes(noise);
        files.put("collection.wt", noise);
        files.put("WiredTiger", "WiredTiger\nversion\n".repeat(400).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        files.put("mongod.lock", new byte[0]);
        byte[] sparse = Arrays.copyOf(Arrays.copyOf(noise, 10), 4 * BLOCK + 17);
        files.put("sparse.wt", sparse);
        return files;
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Map<String, byte[]> unpack(PartId part) throws IOException {
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
