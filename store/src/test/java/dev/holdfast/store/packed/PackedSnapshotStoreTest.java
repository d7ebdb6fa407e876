package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.PartUpload.BlocksMissing;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;

class PackedSnapshotStoreTest {
    private static final int BLOCK = 4096;
    private static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    private static final GroupId OTHER = new GroupId("5f0000000000000000000002");
    private static final PartId PART = new PartId("600000000000000000000001");
    private static final PartId NEXT = new PartId("600000000000000000000002");

    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());
    private final Random random = new Random(7);
    private final StoreSettings settings =
            StoreSettings.DEFAULT.withBlockSize(BLOCK).withPackBytes(64 << 10);
    private PackedSnapshotStore store = PackedSnapshotStore.create(blobs, settings, random);

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
    void segmentThatHoldsSomethingElse_isRefused_andNothingOfItKept() {
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            TestCapture capture = new TestCapture(BLOCK, Map.of());
            byte[] plain = bytes(100);
            byte[] segment = capture.segment(plain);
            var right = TestCapture.id(plain);
            var wrong = TestCapture.id(bytes(100));
            assertThatThrownBy(() -> upload.put(wrong, 100, segment, 0, segment.length))
                    .isInstanceOf(BadSegment.class)
                    .hasMessageContaining(right.toString());
            for (int length : new int[] {-1, 0, 99, 101, BLOCK + 1}) {
                assertThatThrownBy(() -> upload.put(right, length, segment, 0, segment.length))
                        .isInstanceOf(BadSegment.class);
            }
            assertThatThrownBy(() -> upload.put(right, 100, segment, 0, segment.length - 1))
                    .isInstanceOf(BadSegment.class);
            assertThatThrownBy(() -> upload.put(right, 100, segment, 1, segment.length))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(upload.missing(List.of(right, wrong)).cardinality()).isEqualTo(2);
        }
    }

    @Test
    void commitNamesWhatIsMissing_andSucceedsOnceItIsPut() throws IOException {
        Map<String, byte[]> files = files(200_000);
        TestCapture capture = new TestCapture(BLOCK, files);
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            TestCapture.Block left = capture.blocks().get(3);
            capture.blocks().stream().filter(b -> !b.equals(left)).forEach(b -> {
                if (!b.id().equals(left.id()) && !b.id().equals(FileListReader.ZERO_BLOCK)) {
                    capture.put(upload, b);
                }
            });
            assertThatThrownBy(() -> capture.commit(upload))
                    .isInstanceOfSatisfying(
                            BlocksMissing.class, e -> assertThat(e.blocks()).containsExactly(left.id()));
            assertThatThrownBy(() -> store.open(PROJECT, PART)).isInstanceOf(NoSuchPart.class);
            capture.put(upload, left);
            capture.commit(upload);
        }
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
    }

    @Test
    void blockOfTheWrongLength_cannotStandInAFile() throws IOException {
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            TestCapture shorter = new TestCapture(BLOCK, Map.of("a", bytes(100)));
            shorter.putMissing(upload);
            var list = new ByteArrayOutputStream();
            var writer = new dev.holdfast.contract.agentapi.FileListWriter(list, BLOCK);
            var reader = new TestCapture(BLOCK, Map.of("a", bytes(200))).list();
            writer.entry(reader.next());
            writer.entry(reader.next());
            writer.block(shorter.blocks().get(0).id());
            writer.finish();
            var forged = new FileListReader(new ByteArrayInputStream(list.toByteArray()), BLOCK);
            assertThatThrownBy(() -> upload.commit(forged, TestCapture.FRAME)).isInstanceOf(IOException.class);
        }
        assertThat(store.parts(PROJECT)).isEmpty();
    }

    @Test
    void fullDisk_losesNothing_andTheSameUploadGoesOn() throws IOException {
        Map<String, byte[]> files = files(300_000);
        TestCapture capture = new TestCapture(BLOCK, files);
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            for (FaultyBlobStore.Step step : FaultyBlobStore.Step.values()) {
                for (String prefix : List.of("packs/", "index/", "pages/", "manifests/")) {
                    blobs.failNext(step, prefix, 1);
                }
            }
            int failures = 0;
            for (int round = 0; round < 40 && store.parts(PROJECT).isEmpty(); round++) {
                try {
                    capture.into(upload);
                } catch (Unavailable e) {
                    failures++;
                } catch (BlocksMissing e) {
                    // blocks of a pack that could not be sealed: the next round puts them again
                }
            }
            assertThat(failures).isGreaterThanOrEqualTo(8);
        }
        reopen();
        blobs.forgetFaults();
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
        assertClean();
    }

    @Test
    void abandonedUpload_leavesSealedPacksOnly_andTheNextOneFindsThem() throws IOException {
        Map<String, byte[]> files = files(300_000);
        TestCapture capture = new TestCapture(BLOCK, files);
        int all;
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            all = capture.putMissing(upload);
        }
        int sealed = blobs.list(PackNames.PREFIX).size();
        assertThat(sealed).isPositive();
        assertThat(store.parts(PROJECT)).isEmpty();
        reopen();
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            assertThat(capture.putMissing(upload)).isLessThan(all / 2);
            capture.commit(upload);
        }
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files);
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
    void anEndedUpload_refusesEverything() throws IOException {
        PartUpload upload = store.begin(PROJECT, PART);
        TestCapture capture = new TestCapture(BLOCK, files(20_000));
        capture.into(upload);
        upload.close();
        assertThatThrownBy(() -> upload.missing(List.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> capture.put(upload, capture.blocks().get(0)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> capture.commit(upload)).isInstanceOf(IllegalStateException.class);
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
    void secondCommitOfAPart_isRefused_andTheFirstStays() throws IOException {
        capture(PART, files(20_000));
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            TestCapture other = new TestCapture(BLOCK, Map.of("other", bytes(10)));
            assertThatThrownBy(() -> other.into(upload)).isInstanceOf(BlobExists.class);
        }
        assertThat(unpack(PART)).usingRecursiveComparison().isEqualTo(files(20_000));
    }

    @Test
    void malformedFileList_isRefused_andTheUploadGoesOn() throws IOException {
        TestCapture capture = new TestCapture(BLOCK, files(20_000));
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            capture.putMissing(upload);
            byte[] cut = Arrays.copyOf(capture.listBytes(), 300);
            var list = new FileListReader(new ByteArrayInputStream(cut), BLOCK);
            assertThatThrownBy(() -> upload.commit(list, TestCapture.FRAME)).isInstanceOf(IOException.class);
            assertThat(store.parts(PROJECT)).isEmpty();
            capture.commit(upload);
        }
        assertThat(store.parts(PROJECT)).containsExactly(PART);
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

    private PartSummary capture(PartId part, Map<String, byte[]> files) throws IOException {
        try (PartUpload upload = store.begin(PROJECT, part)) {
            return new TestCapture(BLOCK, files).into(upload);
        }
    }

    private void reopen() {
        store.close();
        store = PackedSnapshotStore.open(blobs, settings, random);
    }

    private void assertClean() {
        assertThat(new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages())
                .isEmpty();
    }

    /** The same files each time, with a file of text, one of noise, an empty one and one with zeros. */
    private static Map<String, byte[]> files(int size) {
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

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Map<String, byte[]> unpack(PartId part) throws IOException {
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
