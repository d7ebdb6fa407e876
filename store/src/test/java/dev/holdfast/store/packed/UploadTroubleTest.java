package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.PartUpload.BlocksMissing;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadTroubleTest extends PackedStoreCase {
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
    void ofBlocksPutTogether_thoseBeforeTheFirstBadOneAreKept_andItIsNamed() {
        for (int bad = 0; bad < 5; bad++) {
            TestCapture capture = new TestCapture(BLOCK, Map.of());
            List<IncomingBlock> incoming = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                byte[] plain = bytes(BLOCK - i);
                byte[] segment = capture.segment(plain);
                var id = i == bad ? TestCapture.id(bytes(100)) : TestCapture.id(plain);
                incoming.add(new IncomingBlock(id, plain.length, segment, 0, segment.length));
            }
            int expected = bad;
            try (PartUpload upload = store.begin(PROJECT, PART)) {
                assertThatThrownBy(() -> upload.putAll(incoming))
                        .isInstanceOfSatisfying(PartUpload.BadIncoming.class, e -> {
                            assertThat(e.index()).isEqualTo(expected);
                            assertThat(e).hasMessageContaining("holds block");
                        });
                assertThat(upload.missing(
                                incoming.stream().map(IncomingBlock::block).toList()))
                        .isEqualTo(bits(expected, 5));
            }
        }
    }

    private static BitSet bits(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }

    @Test
    void blocksPutTogetherAreStoredOnce_howeverOftenTheyAreAmongThem() {
        TestCapture capture = new TestCapture(BLOCK, Map.of());
        List<IncomingBlock> incoming = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            byte[] plain = bytes(BLOCK);
            byte[] segment = capture.segment(plain);
            IncomingBlock in = new IncomingBlock(TestCapture.id(plain), BLOCK, segment, 0, segment.length);
            incoming.add(in);
            incoming.add(in);
        }
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            assertThat(upload.putAll(incoming)).isEqualTo(7);
            assertThat(upload.putAll(incoming)).isZero();
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
    void packOfTinyBlocks_isSealedBeforeItFillsTheHeap() throws IOException {
        store.close();
        store = PackedSnapshotStore.open(blobs, settings.withPackBytes(1 << 30), random);
        Map<String, byte[]> files = new java.util.TreeMap<>();
        int count = OpenPacks.MOST_SLOTS + 100;
        for (int i = 0; i < count; i++) {
            files.put(String.format("%06d", i), new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)});
        }
        capture(PART, files);
        assertThat(blobs.list(PackNames.PREFIX)).hasSize(2);
        assertThat(store.open(PROJECT, PART).summary().files()).isEqualTo(count + 1);
        assertClean();
    }
}
