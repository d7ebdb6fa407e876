package dev.holdfast.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Kills a process with SIGKILL at every writing step of a sweep with a repack, and looks at what it left. */
public abstract class SweepCrashContract {
    /** More than the sweep has, and a bound on the test if it never ends. */
    private static final int MOST_STEPS = 120;

    private static final int AT_ONCE = 2;

    private final Map<PartId, byte[]> archives = new TreeMap<>((a, b) -> a.hex().compareTo(b.hex()));

    /** Opens the blobs of a place. */
    protected abstract BlobStore open(String place);

    /** Makes {@code to} a place with the blobs of {@code from}. */
    protected abstract void copy(String from, String to) throws Exception;

    /** Sweeps a place in a process of its own that kills itself at a writing step, from 1; answers its exit status. */
    protected abstract int sweepAndDie(String place, int step) throws Exception;

    @Test
    void killedAtAnyStep_everyPartIsWhole_andTheNextSweepEndsTheWork() throws Exception {
        String made = "made";
        make(made);
        AtomicInteger step = new AtomicInteger();
        AtomicInteger past = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                workers.add(threads.submit(() -> {
                    while (past.get() == 0) {
                        int mine = step.incrementAndGet();
                        assertThat(mine).as("steps of a sweep").isLessThan(MOST_STEPS);
                        past.addAndGet(isKilledAt(made, mine) ? 0 : 1);
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(step.get()).as("steps of a sweep").isGreaterThan(30);
    }

    /** Answers whether the process came to that step at all. */
    private boolean isKilledAt(String made, int step) throws Exception {
        String place = "step-" + step;
        copy(made, place);
        int status = sweepAndDie(place, step);
        assertThat(status).as("exit status at step %s", step).isIn(0, KilledProcess.SIGKILL);
        try (BlobStore blobs = open(place)) {
            assertWhole(blobs, "after step " + step);

            // an upload finds what is left, also what the sweep was about to drop
            PartId again = part(9);
            commit(blobs, again, List.of(0, 1, 2, 30, 31, 5));
            byte[] archive = archive(blobs, again);
            CrashingSweep.sweep(blobs);
            assertWhole(blobs, "after the sweep that follows step " + step);
            assertThat(archive(blobs, again)).as("step %s", step).isEqualTo(archive);

            forget(blobs, again, part(2), part(3));
            CrashingSweep.sweep(blobs);
            assertThat(blobs.list(""))
                    .as("what is left in the end, step %s", step)
                    .containsExactly("store");
        }
        return status == KilledProcess.SIGKILL;
    }

    /** Two packs of which a part is needed, and one that nothing needs. */
    private void make(String place) throws IOException {
        try (BlobStore blobs = open(place)) {
            PackedSnapshotStore.create(blobs, CrashingSweep.SETTINGS, new Random())
                    .close();
            commit(blobs, part(1), List.of(0, 1, 2, 3));
            commit(blobs, part(2), List.of(2, 10, 11));
            commit(blobs, part(3), List.of(10, 2, 20));
            commit(blobs, part(4), List.of(30, 31));
            forget(blobs, part(1), part(4));
            for (PartId part : List.of(part(2), part(3))) {
                archives.put(part, archive(blobs, part));
            }
        }
    }

    private void assertWhole(BlobStore blobs, String when) {
        assertThat(new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages())
                .as("damages %s", when)
                .isEmpty();
        archives.forEach((part, bytes) ->
                assertThat(archive(blobs, part)).as("%s %s", part, when).isEqualTo(bytes));
    }

    private static void commit(BlobStore blobs, PartId part, List<Integer> blocks) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(blocks.size() * CrashingSweep.BLOCK);
        for (int block : blocks) {
            byte[] noise = new byte[CrashingSweep.BLOCK];
            new Random(block).nextBytes(noise);
            file.put(noise);
        }
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, CrashingSweep.SETTINGS, new Random());
                PartUpload upload = store.begin(CrashingCapture.PROJECT, part)) {
            new TestCapture(CrashingSweep.BLOCK, Map.of("file", file.array())).into(upload);
        }
    }

    private static void forget(BlobStore blobs, PartId... parts) {
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, CrashingSweep.SETTINGS, new Random())) {
            Arrays.stream(parts).forEach(part -> store.forget(CrashingCapture.PROJECT, part));
        }
    }

    private static byte[] archive(BlobStore blobs, PartId part) {
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, CrashingSweep.SETTINGS, new Random())) {
            Archive archive = store.open(CrashingCapture.PROJECT, part).archive("12345678");
            ByteBuffer whole = ByteBuffer.allocate((int) archive.length());
            try (ArchiveReader reader = archive.read(0, archive.length())) {
                while (whole.hasRemaining() && reader.read(whole) > 0) {}
            }
            return whole.array();
        }
    }

    private static PartId part(int number) {
        return new PartId(String.format("60%022x", number));
    }
}
