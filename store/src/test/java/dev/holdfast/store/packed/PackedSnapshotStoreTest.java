package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.PartUpload.BlocksMissing;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PackedSnapshotStoreTest extends PackedStoreCase {
    @Test
    void whatIsCaptured_isWhatTheArchiveHolds() throws IOException {
        Map<String, byte[]> files = files(300_000);
        PartSummary summary = capture(PART, files);
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
        assertThat(summary.files()).isEqualTo(files.size() + 1);
        assertThat(summary.archiveBytes())
                .isEqualTo(store.open(PROJECT, PART).archive("12345678").length());
        assertThat(summary.newBytes())
                .isEqualTo(blobs.list(PackNames.PREFIX).stream()
                        .mapToLong(name -> blobs.content(name).length)
                        .sum());
        reopen();
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
        assertThat(store.parts(PROJECT)).containsExactly(PART);
        assertThat(store.projects()).containsExactly(PROJECT);
        assertClean();
    }

    @Test
    void secondCapture_storesOnlyWhatChanged() throws IOException {
        Map<String, byte[]> files = files(300_000);
        capture(PART, files);
        files.get("collection.wt")[5000] ^= 1;
        reopen();
        try (PartUpload upload = store.begin(PROJECT, NEXT)) {
            TestCapture capture = new TestCapture(BLOCK, files);
            assertThat(capture.putMissing(upload)).isEqualTo(1);
            assertThat(capture.commit(upload).newBytes()).isBetween(1L, 2L * BLOCK);
        }
        assertThat(unpack(NEXT)).usingRecursiveComparison().isEqualTo(files);
    }

    @Test
    void blocksOfAnotherProject_areNotFound() throws IOException {
        capture(PART, files(20_000));
        try (PartUpload upload = store.begin(OTHER, PART)) {
            TestCapture capture = new TestCapture(BLOCK, files(20_000));
            assertThatThrownBy(() -> capture.commit(upload)).isInstanceOf(BlocksMissing.class);
        }
    }

    @Test
    void zeroBlocks_areNeverMissing_andTakeNoRoom() throws IOException {
        PartSummary summary = capture(PART, Map.of("sparse", new byte[50 * BLOCK]));
        assertThat(summary.newBytes()).isZero();
        assertThat(unpack(PART).get("sparse")).isEqualTo(new byte[50 * BLOCK]);
    }

    @Test
    void emptyDirectory_isAPart() throws IOException {
        assertThat(capture(PART, Map.of()).files()).isEqualTo(1);
        assertThat(unpack(PART)).isEmpty();
    }

    @Test
    void putOfABlockThatIsThere_isNotNew() {
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            TestCapture capture = new TestCapture(BLOCK, files(20_000));
            TestCapture.Block block = capture.blocks().get(0);
            assertThat(capture.put(upload, block)).isTrue();
            assertThat(capture.put(upload, block)).isFalse();
            assertThat(upload.missing(List.of(block.id(), FileListReader.ZERO_BLOCK))
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void pins_holdThePacksOfKnownBlocks_untilTheUploadEnds() throws IOException {
        capture(PART, files(20_000));
        assertThat(store.pinned(PROJECT)).isEmpty();
        try (PartUpload upload = store.begin(PROJECT, NEXT)) {
            new TestCapture(BLOCK, files(20_000)).putMissing(upload);
            assertThat(store.pinned(PROJECT)).hasSize(1);
            assertThat(store.pinned(OTHER)).isEmpty();
        }
        assertThat(store.pinned(PROJECT)).isEmpty();
    }

    @Test
    void manyThreads_putInParallel_andEveryBlockIsThere() throws Exception {
        Map<String, byte[]> files = files(900_000);
        var threads = Executors.newFixedThreadPool(6);
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tasks.add(() -> new TestCapture(BLOCK, files).putMissing(upload)); // all of them race for each block
            }
            int stored = 0;
            for (Future<Integer> task : threads.invokeAll(tasks)) {
                stored += task.get();
            }
            assertThat(stored).isGreaterThanOrEqualTo(900_000 / BLOCK);
            new TestCapture(BLOCK, files).commit(upload);
        } finally {
            threads.shutdown();
        }
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
        assertClean();
    }

    @Test
    void forgottenPart_cannotBeOpened_andOthersStay() throws IOException {
        Map<String, byte[]> files = files(20_000);
        capture(PART, files);
        capture(NEXT, files);
        store.forget(PROJECT, PART);
        store.forget(PROJECT, PART);
        assertThatThrownBy(() -> store.open(PROJECT, PART)).isInstanceOf(NoSuchPart.class);
        assertThat(store.parts(PROJECT)).containsExactly(NEXT);
        assertThat(unpack(NEXT)).usingRecursiveComparison().isEqualTo(files);
    }

    @Test
    void opening_andReading_writeNothing() throws IOException {
        capture(PART, files(20_000));
        long before = blobs.steps();
        reopen();
        assertThat(unpack(PART)).hasSize(4);
        assertThat(store.parts(PROJECT)).hasSize(1);
        assertClean();
        assertThat(blobs.steps()).isEqualTo(before);
    }

    @Test
    void tenThousandSmallFiles_areCommitted_inBatchesAcrossFiles() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            files.put(String.format("f%05d", i), new byte[] {(byte) i, (byte) (i >> 8)});
        }
        assertThat(capture(PART, files).files()).isEqualTo(10_001);
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
    }
}
