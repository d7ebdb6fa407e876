package dev.holdfast.store.testing;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Random;

/** A store with small blocks that captures were put into. */
public final class CapturedStore {
    public static final int BLOCK = 4096;
    public static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    public static final PartId FIRST = new PartId("600000000000000000000001");
    public static final PartId SECOND = new PartId("600000000000000000000002");

    private CapturedStore() {}

    /** Makes a store with two parts that share a block, in two packs. */
    public static void fill(BlobStore blobs) throws IOException {
        try (PackedSnapshotStore store =
                PackedSnapshotStore.create(blobs, StoreSettings.DEFAULT.withBlockSize(BLOCK), new Random(1))) {
            capture(store, FIRST, Map.of("a", noise(1, 9000), "d/b", noise(2, 300), "zeros", new byte[3 * BLOCK]));
            capture(store, SECOND, Map.of("a", noise(1, 9000), "c", noise(3, 5000)));
        }
    }

    /** Captures files as a part. */
    public static void capture(PackedSnapshotStore store, PartId part, Map<String, byte[]> files) throws IOException {
        try (PartUpload upload = store.begin(PROJECT, part)) {
            var unused = new TestCapture(BLOCK, files).into(upload);
        }
    }

    public static PackedSnapshotStore open(BlobStore blobs) {
        return PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, new Random(7));
    }

    public static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
