package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.TestCapture;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that older versions wrote stay readable, give the same archives, and take new parts. */
class OldFormatTest {
    private static final String ARCHIVE_SHA256 = "30186d7ecce710996e0beaad6b95e059a56b6b21375ce60ae1b7796e2d15b196";

    private final MemoryBlobStore blobs = new MemoryBlobStore();

    @BeforeEach
    void load() throws Exception {
        URI folder =
                OldFormatTest.class.getResource("/dev/holdfast/store/format-1").toURI();
        try (DiskBlobStore shipped = DiskBlobStore.open(Path.of(folder), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))) {
            for (String name : shipped.list("")) {
                try (BlobReader reader = shipped.open(name)) {
                    ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
                    assertThat(reader.read(0, bytes)).isEqualTo(bytes.capacity());
                    blobs.put(name, bytes.array());
                }
            }
        }
    }

    @Test
    void formatOne_isRead_andGivesTheArchiveItAlwaysGave() throws Exception {
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, new Random(2))) {
            var archive =
                    store.open(FormatOneStore.PROJECT, FormatOneStore.FIRST).archive("12345678");
            ByteBuffer whole = ByteBuffer.allocate((int) archive.length());
            try (ArchiveReader reader = archive.read(0, archive.length())) {
                while (whole.hasRemaining() && reader.read(whole) > 0) {}
            }
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(whole.array());
            assertThat(HexFormat.of().formatHex(sha256)).isEqualTo(ARCHIVE_SHA256);
        }
        var report = new Scrub(blobs, (name, done, total, bytes) -> {}).run();
        assertThat(report.damages()).isEmpty();
        assertThat(report.parts()).isEqualTo(2);
        assertThat(report.runs()).isEqualTo(2);
        assertThat(report.blocks()).isEqualTo(2 + 1 + 2);
    }

    @Test
    void formatOne_knowsItsBlocks_andTakesNewParts() throws Exception {
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, new Random(2));
                PartUpload upload = store.begin(FormatOneStore.PROJECT, new PartId("600000000000000000000009"))) {
            TestCapture capture = new TestCapture(FormatOneStore.BLOCK, FormatOneStore.files(2));
            assertThat(capture.putMissing(upload)).isZero();
            assertThat(capture.commit(upload).newBytes()).isZero();
        }
    }
}
