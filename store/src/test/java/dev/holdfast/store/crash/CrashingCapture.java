package dev.holdfast.store.crash;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

/** The process that dies: captures one part, and halts at the writing step whose number it is told. */
public final class CrashingCapture {
    static final int HALTED = 137;
    static final int BLOCK = 64 << 10;
    static final GroupId PROJECT = new GroupId("5f0000000000000000000001");

    /** One block is a pack, so that a capture of few writes still seals more than one. */
    static final StoreSettings SETTINGS =
            StoreSettings.DEFAULT.withBlockSize(BLOCK).withPackBytes(BLOCK);

    private CrashingCapture() {}

    /** Arguments: folder, part, seed of the files, number of the step. */
    public static void main(String[] arguments) throws IOException {
        FaultyBlobStore blobs = new FaultyBlobStore(open(Path.of(arguments[0])));
        blobs.stopAt(Long.parseLong(arguments[3]), () -> Runtime.getRuntime().halt(HALTED));
        capture(blobs, new PartId(arguments[1]), Long.parseLong(arguments[2]));
    }

    static BlobStore open(Path folder) {
        return DiskBlobStore.open(folder, Clock.systemUTC());
    }

    static void capture(BlobStore blobs, PartId part, long seed) throws IOException {
        try (PackedSnapshotStore store = PackedSnapshotStore.openOrCreate(blobs, SETTINGS, new Random());
                PartUpload upload = store.begin(PROJECT, part)) {
            new TestCapture(BLOCK, Map.of("a", noise(seed, BLOCK), "b", noise(seed + 1, 100))).into(upload);
        }
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
