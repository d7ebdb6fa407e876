package dev.holdfast.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.testing.TestPacks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an index costs, counted: bytes held for each block, and reads for each batch. */
class IndexBoundsTest {
    /** Blocks of 64 KiB in two terabytes. */
    private static final long TWO_TERABYTES = 30_000_000;

    private static final int PACKS = 40;
    private static final int SLOTS = 1000;

    private final TestPacks packs = new TestPacks(1);
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void ofTwoTerabytes_theHeapHoldsTenMegabytesOfFences_andFiftyMegabytesOfFiltersAreBesideIt() {
        assertThat(RunFormat.pages(TWO_TERABYTES) * BlockId.LENGTH).isLessThan(10_000_000);
        assertThat(RunFilter.length(TWO_TERABYTES)).isLessThan(50_000_000);
        assertThat(RunTiers.DEFAULT.youngEntries()).isLessThanOrEqualTo(32 << 10);
    }

    @Test
    void youngBlocks_areFlushed_beforeTheyArePastTheirBound() {
        try (RunBlockIndex index = open(new RunTiers(64, 64, 4))) {
            for (int i = 0; i < 50; i++) {
                PackId pack = packs.add(IntStream.range(i * 20, i * 20 + 20).toArray());
                index.add(pack, packs.index(pack));
                assertThat(index.youngEntries()).isLessThan(64);
            }
        }
    }

    @Test
    void newBlocks_areKnownToBeNew_almostWithoutAReading() {
        try (RunBlockIndex index = filled()) {
            reads.set(0);
            List<BlockId> wanted = IntStream.range(0, 2000)
                    .mapToObj(i -> TestPacks.id(PACKS * SLOTS + i))
                    .toList();
            assertThat(index.lookup(wanted)).containsOnlyNulls();
            assertThat(reads).hasValueLessThan(100);
        }
    }

    @Test
    void blocksInTheOrderOfTheirPacks_areFoundThroughTheirNeighbours() {
        List<BlockId> wanted =
                IntStream.range(3000, 5000).mapToObj(TestPacks::id).toList();
        BlockId[] sorted = wanted.stream().sorted().toArray(BlockId[]::new);
        BlockLocation[] found = new BlockLocation[sorted.length];
        try (RunBlockIndex index = filled()) {
            BlockId[] probes = NeighbourLookup.probes(wanted);
            assertThat(probes).hasSizeLessThan(64);
            NeighbourLookup.fill(
                    sorted, found, index.lookup(List.of(probes)), packs.packs, TestPacks.PROJECT, java.util.Set.of());
            assertThat(found).doesNotContainNull().isEqualTo(index.lookup(List.of(sorted)));
        }
        assertThat(NeighbourLookup.pays(8192, RunFormat.pages(TWO_TERABYTES))).isTrue();
        assertThat(NeighbourLookup.pays(10, RunFormat.pages(TWO_TERABYTES))).isFalse();
    }

    private RunBlockIndex filled() {
        RunBlockIndex index = open(new RunTiers(PACKS * SLOTS + 1, 4096, 4));
        for (int pack = 0; pack < PACKS; pack++) {
            PackId id =
                    packs.add(IntStream.range(pack * SLOTS, (pack + 1) * SLOTS).toArray());
            PackIndex blocks = packs.index(id);
            index.add(id, blocks);
        }
        index.flush();
        return index;
    }

    private RunBlockIndex open(RunTiers tiers) {
        return RunBlockIndex.open(new Counted(), packs.packs, TestPacks.STORE, TestPacks.PROJECT, new Random(2), tiers);
    }

    /** Counts reads of runs. */
    private final class Counted implements BlobStore {
        @Override
        public BlobWriter create(String name) {
            return packs.blobs.create(name);
        }

        @Override
        public BlobReader open(String name) {
            BlobReader reader = packs.blobs.open(name);
            return new BlobReader() {
                @Override
                public long size() {
                    return reader.size();
                }

                @Override
                public int read(long position, ByteBuffer target) {
                    reads.incrementAndGet();
                    return reader.read(position, target);
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }

        @Override
        public List<String> list(String prefix) {
            return new ArrayList<>(packs.blobs.list(prefix));
        }

        @Override
        public List<BlobEntry> survey(String prefix) {
            return packs.blobs.survey(prefix);
        }

        @Override
        public OptionalLong writtenMillis(String name) {
            return packs.blobs.writtenMillis(name);
        }

        @Override
        public OptionalLong clockMillis() {
            return packs.blobs.clockMillis();
        }

        @Override
        public int giveUpUnfinished(long ageMillis) {
            return packs.blobs.giveUpUnfinished(ageMillis);
        }

        @Override
        public boolean delete(String name) {
            return packs.blobs.delete(name);
        }

        @Override
        public void close() {}
    }
}
