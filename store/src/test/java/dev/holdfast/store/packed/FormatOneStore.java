package dev.holdfast.store.packed;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

/**
 * Made the store in {@code src/test/resources/dev/holdfast/store/format-1}. Run it for a new format only, into a new
 * folder: the old ones stay as they are, for they stand for what is on people's disks.
 */
final class FormatOneStore {
    static final int BLOCK = 4096;
    static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    static final PartId FIRST = new PartId("600000000000000000000001");
    static final PartId SECOND = new PartId("600000000000000000000002");

    private FormatOneStore() {}

    /** The files of the first part; the second one has other noise. */
    static Map<String, byte[]> files(long seed) {
        byte[] noise = new byte[BLOCK + 100];
        new Random(seed).nextBytes(noise);
        return Map.of(
                "WiredTiger",
                "WiredTiger\nWiredTiger 3.2.1: (January 1, 2020)\n".getBytes(StandardCharsets.UTF_8),
                "collection-0.wt",
                noise,
                "journal/WiredTigerLog.0000000001",
                new byte[3 * BLOCK],
                "mongod.lock",
                new byte[0]);
    }

    /** Argument: the folder to make it in. */
    public static void main(String[] arguments) throws IOException {
        DiskBlobStore blobs = DiskBlobStore.open(Path.of(arguments[0]), Clock.systemUTC());
        StoreSettings settings = StoreSettings.DEFAULT.withBlockSize(BLOCK);
        try (PackedSnapshotStore store = PackedSnapshotStore.create(blobs, settings, new Random(1))) {
            for (PartId part : new PartId[] {FIRST, SECOND}) {
                try (PartUpload upload = store.begin(PROJECT, part)) {
                    new TestCapture(BLOCK, files(part.equals(FIRST) ? 1 : 2)).into(upload);
                }
            }
        }
    }
}
