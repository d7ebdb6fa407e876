package dev.holdfast.server.snapshot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The binary bodies of the agent API, for any of them. */
final class FramesProperties {
    private final Frames frames = new Frames(TestData.BLOCK_SIZE);

    /** Notes what it is given. */
    private static final class Noting implements PartUpload {
        private final List<BlockId> offered = new ArrayList<>();
        private final List<byte[]> segments = new ArrayList<>();
        private final BitSet missing = new BitSet();

        @Override
        public BitSet missing(List<BlockId> blocks) {
            offered.addAll(blocks);
            return missing;
        }

        @Override
        public boolean put(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
            offered.add(block);
            segments.add(Arrays.copyOfRange(bytes, offset, offset + length));
            return true;
        }

        @Override
        public int putAll(List<IncomingBlock> incoming) {
            incoming.forEach(in -> put(in.block(), in.plainLength(), in.bytes(), in.offset(), in.length()));
            return incoming.size();
        }

        @Override
        public PartSummary commit(FileListReader files, ArchiveFrame frame) {
            throw new UnsupportedOperationException("no commit");
        }

        @Override
        public void close() {}
    }

    @Property(tries = 200)
    void wellFormedFrames_areTakenWhole_inOrder(
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 4096) Integer> lengths, @ForAll long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<byte[]> segments = new ArrayList<>();
        List<BlockId> ids = new ArrayList<>();
        for (int length : lengths) {
            byte[] segment = new byte[1 + random.nextInt(length)];
            random.nextBytes(segment);
            segments.add(segment);
            ids.add(TestData.idOf(segment));
            body.writeBytes(TestData.frame(TestData.idOf(segment), length, segment.length, segment));
        }
        Noting upload = new Noting();
        assertThat(frames.store(body.toByteArray(), upload).stored()).isEqualTo(lengths.size());
        assertThat(upload.offered).isEqualTo(ids);
        assertThat(upload.segments).usingElementComparator(Arrays::compare).isEqualTo(segments);
    }

    @Property(tries = 300)
    void anyBytes_areTakenWholeOrNotAtAll(@ForAll byte[] body) {
        Noting upload = new Noting();
        try {
            frames.store(body, upload);
            int taken = upload.segments.stream()
                    .mapToInt(segment -> 40 + segment.length)
                    .sum();
            assertThat(taken).isEqualTo(body.length);
        } catch (Refusal refusal) {
            assertThat(upload.segments).isEmpty();
        }
    }

    @Property(tries = 200)
    void cutFrames_storeNothing(@ForAll @IntRange(min = 1, max = 200) int cut) {
        byte[] whole = new TestData(3).frames();
        Noting upload = new Noting();
        int last = 40 + 10;
        try {
            frames.store(Arrays.copyOf(whole, whole.length - Math.min(cut, last - 1)), upload);
        } catch (Refusal refusal) {
            assertThat(upload.segments).isEmpty();
            return;
        }
        throw new AssertionError("a cut body was taken");
    }

    @Property(tries = 200)
    void offer_answersABitPerId(@ForAll @IntRange(max = 300) int count, @ForAll long seed) {
        Noting upload = new Noting();
        new Random(seed).ints(count / 2, 0, Math.max(1, count)).forEach(upload.missing::set);
        byte[] body = new byte[count * BlockId.LENGTH];
        new Random(seed).nextBytes(body);
        byte[] bits = frames.offer(body, upload);
        assertThat(bits).hasSize((count + 7) / 8);
        assertThat(upload.offered).hasSize(count);
        for (int i = 0; i < count; i++) {
            boolean set = (bits[i / 8] >> (i % 8) & 1) == 1;
            assertThat(set).as("bit %s", i).isEqualTo(upload.missing.get(i));
        }
    }
}
