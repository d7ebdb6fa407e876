package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class ByteRangesProperties {
    @Property
    void set_isTheOneThatBitsMake(@ForAll("ranges") List<Range> some, @ForAll @IntRange(min = 1, max = 120) int size) {
        BitSet bits = new BitSet();
        ByteRanges ranges = ByteRanges.NONE;
        for (Range range : some) {
            bits.set((int) range.from(), (int) range.to());
            ranges = ranges.plus(range);
        }
        assertThat(ranges.size()).isEqualTo(bits.cardinality());
        assertThat(bits(ranges)).isEqualTo(bits);
        BitSet below = (BitSet) bits.clone();
        below.clear(size, 1000);
        assertThat(bits(ranges.below(size))).isEqualTo(below);
        BitSet missing = (BitSet) below.clone();
        missing.flip(0, size);
        assertThat(bits(ranges.missing(size))).isEqualTo(missing);
        assertThat(ranges.ranges()).as("as few as can be").hasSizeLessThanOrEqualTo(Math.max(1, runs(bits)));
    }

    @Property(tries = 200)
    void pieces_areWhatIsMissing_eachOnce(
            @ForAll("large") List<Range> missing, @ForAll @IntRange(min = 1, max = 16) int streams) {
        ByteRanges all = ByteRanges.NONE;
        for (Range range : missing) {
            all = all.plus(range);
        }
        Pieces pieces = new Pieces(all, streams);
        ByteRanges handedOut = ByteRanges.NONE;
        long sum = 0;
        for (Optional<Range> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
            handedOut = handedOut.plus(piece.get());
            sum += piece.get().length();
        }
        assertThat(handedOut).isEqualTo(all);
        assertThat(sum).isEqualTo(all.size());
    }

    @Property(tries = 50)
    void journal_isReadAsItWasWritten_andNotWhenItIsCut(
            @ForAll("ranges") List<Range> some, @ForAll @IntRange(min = 1, max = 40) int less) throws Exception {
        ByteRanges have = ByteRanges.NONE;
        for (Range range : some) {
            have = have.plus(range);
        }
        Journal journal = new Journal("56da071f8d022d10b2f0a7c4", "\"a b\"", 1000, have);
        Path file = Files.createTempFile("journal", "");
        try {
            journal.write(file);
            assertThat(Journal.read(file)).contains(journal);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1 - less));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Journal.read(file))
                    .hasMessageContaining("is not a journal");
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<Range>> ranges() {
        return some(100, 30);
    }

    @Provide
    Arbitrary<List<Range>> large() {
        return some(1_000_000_000, 200_000_000);
    }

    private static Arbitrary<List<Range>> some(int from, int length) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, from),
                        Arbitraries.integers().between(1, length))
                .as((first, bytes) -> new Range(first, (long) first + bytes))
                .list()
                .ofMaxSize(12);
    }

    private static BitSet bits(ByteRanges ranges) {
        BitSet bits = new BitSet();
        for (Range range : ranges.ranges()) {
            bits.set((int) range.from(), (int) range.to());
        }
        return bits;
    }

    private static int runs(BitSet bits) {
        int runs = 0;
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(bits.nextClearBit(i))) {
            runs++;
        }
        return runs;
    }
}
