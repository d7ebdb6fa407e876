package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An encrypted store in memory, and what its nodes need. */
abstract class SealedCase {
    static final int BLOCK = 4096;
    static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    static final GroupId OTHER = new GroupId("5f0000000000000000000002");
    static final PartId PART = new PartId("600000000000000000000001");
    static final PartId NEXT = new PartId("600000000000000000000002");
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final StoreSettings SETTINGS = new StoreSettings(BLOCK, SegmentLevel.FAST, 64 << 10, 8, 1 << 20);

    final TestClock clock = new TestClock();
    final FaultyBlobStore raw = new FaultyBlobStore(new MemoryBlobStore(clock));
    final MemoryMasterKeys masters = new MemoryMasterKeys();

    /** A node's view of the store: nothing of another node's memory is in it. */
    SealedBlobStore node() {
        return new SealedBlobStore(raw, masters, LIFETIME, clock, new SecureRandom());
    }

    /** Opens or makes the store over those blobs; ids come by the same chance each time. */
    static PackedSnapshotStore store(BlobStore blobs) {
        return PackedSnapshotStore.openOrCreate(blobs, SETTINGS, new Random(7));
    }

    static void capture(PackedSnapshotStore store, GroupId project, PartId part, Map<String, byte[]> files)
            throws IOException {
        try (PartUpload upload = store.begin(project, part)) {
            new TestCapture(BLOCK, files).into(upload);
        }
    }

    static byte[] archive(PackedSnapshotStore store, GroupId project, PartId part) {
        Archive archive = store.open(project, part).archive("12345678");
        return read(archive, 0, archive.length());
    }

    static byte[] read(Archive archive, long from, long to) {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        try (ArchiveReader reader = archive.read(from, to)) {
            while (bytes.hasRemaining() && reader.read(bytes) > 0) {}
        }
        return bytes.array();
    }

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] noise = new byte[300_000];
        new Random(5).nextBytes(noise);
        files.put("collection-secretname.wt", noise);
        files.put("WiredTiger", "WiredTiger\nversion\n".repeat(4000).getBytes(StandardCharsets.US_ASCII));
        files.put("empty", new byte[0]);
        files.put("zeros", new byte[5 * BLOCK + 11]);
        return files;
    }

    /** A clock that stands until it is moved. */
    static final class TestClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
