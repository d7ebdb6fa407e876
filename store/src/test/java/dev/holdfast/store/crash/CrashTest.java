package dev.holdfast.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.scrub.ScrubReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process at every writing step of a capture, and looks at what it left. */
class CrashTest {
    private static final PartId BEFORE = new PartId("600000000000000000000001");
    private static final PartId KILLED = new PartId("600000000000000000000002");
    private static final PartId RETRY = new PartId("600000000000000000000003");

    /** More than a capture has, and a bound on the test if it never ends. */
    private static final int MOST_STEPS = 60;

    private static final int AT_ONCE = 2;

    @TempDir
    Path folder;

    @Test
    void killedAtAnyStep_theStoreIsClean_andTheCaptureCanBeRepeated() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            int step = 1;
            boolean allHalted = true;
            while (allHalted) {
                assertThat(step).as("steps of a capture").isLessThan(MOST_STEPS);
                List<Future<Boolean>> pair = List.of(submit(threads, step), submit(threads, step + 1));
                for (Future<Boolean> halted : pair) {
                    allHalted &= halted.get();
                }
                step += AT_ONCE;
            }
            assertThat(step).as("steps of a capture").isGreaterThan(20);
        } finally {
            threads.shutdown();
        }
    }

    private Future<Boolean> submit(ExecutorService threads, int step) {
        return threads.submit(() -> haltsAt(step));
    }

    /** Answers whether the process came to that step at all. */
    private boolean haltsAt(int step) throws Exception {
        Path data = folder.resolve("step-" + step);
        BlobStore blobs = CrashingCapture.open(data);
        CrashingCapture.capture(blobs, BEFORE, 1);

        int status =
                KilledProcess.run(CrashingCapture.class, data.toString(), KILLED.hex(), "100", Integer.toString(step));
        assertThat(status).as("exit status at step %s", step).isIn(0, CrashingCapture.HALTED);

        ScrubReport left = scrub(blobs);
        assertThat(left.damages()).as("damages after step %s", step).isEmpty();
        Set<PartId> parts = parts(blobs);
        assertThat(parts).as("parts after step %s", step).contains(BEFORE);
        assertThat(left.parts()).isEqualTo(parts.size());
        if (status == 0) {
            assertThat(parts).contains(KILLED);
        }

        CrashingCapture.capture(blobs, RETRY, 100);
        ScrubReport after = scrub(blobs);
        assertThat(after.damages())
                .as("damages after the retry of step %s", step)
                .isEmpty();
        assertThat(after.parts()).isEqualTo(parts.size() + 1);
        // what was sealed before the death is used again: two packs each for the part before and for this one
        assertThat(after.packs()).as("packs after the retry of step %s", step).isEqualTo(4);
        assertNoLeftoversTomorrow(data);
        return status == CrashingCapture.HALTED;
    }

    private static ScrubReport scrub(BlobStore blobs) {
        return new Scrub(blobs, (name, done, total, bytes) -> {}).run();
    }

    private static Set<PartId> parts(BlobStore blobs) {
        try (PackedSnapshotStore store = PackedSnapshotStore.open(blobs, CrashingCapture.SETTINGS, new Random())) {
            return store.parts(CrashingCapture.PROJECT);
        }
    }

    private static void assertNoLeftoversTomorrow(Path data) throws IOException {
        DiskBlobStore.open(data, Clock.offset(Clock.systemUTC(), Duration.ofDays(2)))
                .close();
        try (var files = Files.list(data.resolve("tmp"))) {
            assertThat(files).isEmpty();
        }
    }
}
