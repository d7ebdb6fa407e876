package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class NonceWindowProperties {
    @Property
    void behavesLikeASetOfTheLast256(@ForAll @Size(max = 300) List<@LongRange(min = -1, max = 900) Long> counts) {
        NonceWindow window = new NonceWindow();
        Set<Long> used = new HashSet<>();
        long highest = 0;
        for (long count : counts) {
            boolean expected = count >= 1 && count > highest - 256 && used.add(count);
            assertThat(window.take(count))
                    .as("count %s after %s", count, highest)
                    .isEqualTo(expected);
            highest = expected ? Math.max(highest, count) : highest;
        }
    }

    @Example
    void farthestCounts_fit() {
        NonceWindow window = new NonceWindow();
        assertThat(window.take(0xffff_ffffL)).isTrue();
        assertThat(window.take(0xffff_ffffL)).isFalse();
        assertThat(window.take(0xffff_ffffL - 255)).isTrue();
        assertThat(window.take(0xffff_ffffL - 256)).isFalse();
        assertThat(window.take(1)).isFalse();
    }
}
