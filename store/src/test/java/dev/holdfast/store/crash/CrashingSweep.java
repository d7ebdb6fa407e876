package dev.holdfast.store.crash;

import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.sweep.RepackRule;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** The process that dies: sweeps and repacks a store, and is killed with SIGKILL at the writing step it is told. */
public final class CrashingSweep {
    static final int BLOCK = 4096;

    static final StoreSettings SETTINGS =
            StoreSettings.DEFAULT.withBlockSize(BLOCK).withPackBytes(64 << 10);

    /** Copies whatever it can, however little it wins. */
    private static final RepackRule EAGER = new RepackRule(1 << 20, 0.99, 1e-6, Long.MAX_VALUE);

    /** How far a clock goes ahead that tells whole seconds, so that nothing is too young. */
    public static final Duration AHEAD = Duration.ofSeconds(5);

    private static final SweepMargins NONE = new SweepMargins(Duration.ZERO, Duration.ZERO);

    private CrashingSweep() {}

    /** Arguments: folder, number of the step. */
    public static void main(String[] arguments) {
        FaultyBlobStore blobs = new FaultyBlobStore(CrashingCapture.open(Path.of(arguments[0])));
        blobs.stopAt(Long.parseLong(arguments[1]), KilledProcess::killSelf);
        sweep(blobs);
    }

    /** Sweeps as it will in a moment, when files that were written just now have any age at all. */
    public static void sweep(BlobStore blobs) {
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, SETTINGS, new Random())) {
            Sweep sweep = new Sweep(blobs, store, NONE, EAGER);
            sweep.run(sweep.plan(Instant.now().plus(AHEAD)));
        }
    }
}
