package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.delivery.ByteRanges.Range;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class ByteRangesProperties {
    @Property(tries = 300)
    void aSetOfRanges_isTheSetOfItsPositions(@ForAll @IntRange(max = 30) int count, @ForAll long seed) {
        Random chance = new Random(seed);
        ByteRanges ranges = ByteRanges.NONE;
        BitSet model = new BitSet();
        for (int i = 0; i < count; i++) {
            int from = chance.nextInt(200);
            int to = from + 1 + chance.nextInt(20);
            ranges = ranges.plus(new Range(from, to));
            model.set(from, to);
        }
        assertThat(ranges.size()).isEqualTo(model.cardinality());
        assertThat(positions(ranges)).isEqualTo(model);
        for (int i = 1; i < ranges.ranges().size(); i++) {
            assertThat(ranges.ranges().get(i).from())
                    .isGreaterThan(ranges.ranges().get(i - 1).to());
        }
        int from = chance.nextInt(200);
        int to = from + 1 + chance.nextInt(50);
        BitSet part = (BitSet) model.clone();
        part.clear(0, from);
        part.clear(to, 1000);
        assertThat(positions(ranges.within(new Range(from, to)))).isEqualTo(part);
        assertThat(ByteRanges.parse(ranges.text())).isEqualTo(ranges);
    }

    private static BitSet positions(ByteRanges ranges) {
        BitSet positions = new BitSet();
        ranges.ranges().forEach(range -> positions.set((int) range.from(), (int) range.to()));
        return positions;
    }
}
