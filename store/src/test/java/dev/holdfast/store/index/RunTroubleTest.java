package dev.holdfast.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.testing.TestPacks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Runs that are very large, on a disk that fails, or on one that lies. */
class RunTroubleTest {
    private final TestPacks packs = new TestPacks(3);
    private final Random random = new Random(2);
    private int open;

    @Test
    void runWhosePagesAreMoreThanTwoGigabytesApart_isLookedUp() {
        PackId pack = packs.newId();
        long entries = 60_000_000;
        try (Run run = Run.open(
                new Counted(reader -> new HugeRun(pack, entries)), TestPacks.STORE, TestPacks.PROJECT, HugeRun.NAME)) {
            long[] wanted = {0, 1, entries - 1};
            BlockId[] sorted = new BlockId[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                sorted[i] = HugeRun.id(wanted[i]);
            }
            BlockLocation[] found = new BlockLocation[wanted.length];
            run.lookup(sorted, found, Set.of());
            for (int i = 0; i < wanted.length; i++) {
                assertThat(found[i]).isEqualTo(new BlockLocation(pack, (int) wanted[i]));
            }
        }
    }

    @Test
    void openingThatFails_leavesNoFileOpen() {
        PackId pack = packs.add(1);
        PackId other = packs.add(2);
        flushed(pack);
        flushed(other);
        int[] opened = {0};
        BlobStore failing = new Counted(reader -> {
            if (opened[0]++ == 1) {
                throw new Unavailable("too many open files\nHINT: try again.");
            }
            return reader;
        });
        assertThatThrownBy(() -> index(failing, RunTiers.DEFAULT)).isInstanceOf(Unavailable.class);
        assertThat(opened[0]).isEqualTo(2);
        assertThat(open).isZero();
        try (BlockIndex index = index(failing, RunTiers.DEFAULT)) {
            assertThat(index.lookup(List.of(TestPacks.id(2)))).doesNotContainNull();
        }
        assertThat(open).isZero();
    }

    @Test
    void mergeThatComesBackDamaged_isGivenUp_andWhatWasMergedStays() {
        boolean[] lies = {false};
        int[] cut = {0};
        BlobStore lying = new Counted(reader -> {
            if (!lies[0] || reader.size() < 500) {
                return reader;
            }
            assertThat(++cut[0]).as("merges that were tried").isLessThan(10);
            return new Cut(reader);
        });
        try (BlockIndex index = index(lying, new RunTiers(3, 10, 4))) {
            for (int i = 0; i < 12; i += 3) {
                lies[0] = i == 9;
                PackId pack = packs.add(i, i + 1, i + 2);
                index.add(pack, packs.index(pack));
            }
            lies[0] = false;
            assertThat(cut[0]).isPositive();
            for (int i = 0; i < 12; i++) {
                assertThat(index.lookup(List.of(TestPacks.id(i)))).doesNotContainNull();
            }
        }
    }

    private RunBlockIndex index(BlobStore blobs, RunTiers tiers) {
        return RunBlockIndex.open(blobs, packs.packs, TestPacks.STORE, TestPacks.PROJECT, random, tiers);
    }

    private void flushed(PackId pack) {
        try (BlockIndex index = index(packs.blobs, RunTiers.DEFAULT)) {
            index.add(pack, packs.index(pack));
            index.flush();
        }
    }

    /** The store in memory, whose readers are counted and may be replaced. */
    private final class Counted implements BlobStore {
        private final UnaryOperator<BlobReader> replace;

        Counted(UnaryOperator<BlobReader> replace) {
            this.replace = replace;
        }

        @Override
        public BlobWriter create(String name) {
            return packs.blobs.create(name);
        }

        @Override
        public BlobReader open(String name) {
            BlobReader reader = replace.apply(name.equals(HugeRun.NAME) ? null : packs.blobs.open(name));
            open++;
            return new Counting(reader);
        }

        @Override
        public List<String> list(String prefix) {
            return packs.blobs.list(prefix);
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

    private final class Counting implements BlobReader {
        private final BlobReader reader;

        Counting(BlobReader reader) {
            this.reader = reader;
        }

        @Override
        public long size() {
            return reader.size();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            return reader.read(position, target);
        }

        @Override
        public void close() {
            open--;
        }
    }

    /** A file that is one byte shorter than it was written. */
    private record Cut(BlobReader reader) implements BlobReader {
        @Override
        public long size() {
            return reader.size() - 1;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            return reader.read(position, target);
        }

        @Override
        public void close() {}
    }

    /** A run of gigabytes that is nowhere: the id of its n-th block begins with n, and lies in slot n. */
    private static final class HugeRun implements BlobReader {
        private static final String RUN = "0".repeat(32);
        static final String NAME = RunNames.name(TestPacks.PROJECT, RUN);

        private final ByteBuffer header;
        private final ByteBuffer fences;
        private final long entries;

        HugeRun(PackId pack, long entries) {
            this.entries = entries;
            this.header = RunFormat.header(TestPacks.STORE, TestPacks.PROJECT, RUN, List.of(pack), entries);
            int length = (int) RunFormat.pages(entries) * BlockId.LENGTH;
            this.fences = ByteBuffer.allocate(length + 4);
            for (long n = 0; n < entries; n += RunFormat.PAGE_ENTRIES) {
                id(n).write(fences);
            }
            fences.putInt(Checksums.crc32c(fences.array(), 0, length)).flip();
        }

        static BlockId id(long n) {
            return BlockId.of(ByteBuffer.allocate(BlockId.LENGTH).putLong(n).array(), 0);
        }

        @Override
        public long size() {
            return RunFormat.length(1, entries);
        }

        @Override
        public int read(long position, ByteBuffer target) {
            int length = target.remaining();
            long fencesAt = RunFormat.fences(1, entries);
            if (position >= fencesAt) {
                target.put(fences.slice((int) (position - fencesAt), length));
            } else if (position < header.limit()) {
                target.put(header.slice((int) position, length));
            } else {
                pages((position - header.limit()) / RunFormat.PAGE, target);
            }
            return length;
        }

        private void pages(long first, ByteBuffer target) {
            long n = first * RunFormat.PAGE_ENTRIES;
            while (target.hasRemaining()) {
                int start = target.position();
                for (long end = Math.min(entries, n + RunFormat.PAGE_ENTRIES); n < end; n++) {
                    id(n).write(target);
                    target.putInt(0).putInt((int) n);
                }
                target.putInt(Checksums.crc32c(target.array(), start, target.position() - start));
            }
        }

        @Override
        public void close() {}
    }
}
