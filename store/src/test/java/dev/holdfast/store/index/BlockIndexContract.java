package dev.holdfast.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.testing.TestPacks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link BlockIndex} promises. */
abstract class BlockIndexContract {
    final TestPacks packs = new TestPacks(1);

    abstract BlockIndex make();

    @Test
    void emptyIndex_knowsNothing() {
        try (BlockIndex index = make()) {
            assertThat(index.lookup(List.of(TestPacks.id(1)))).containsOnlyNulls();
            assertThat(index.lookup(List.of())).isEmpty();
        }
    }

    @Test
    void addedBlocks_areFound_inTheOrderAsked() {
        try (BlockIndex index = make()) {
            var one = packs.add(1, 2, 3);
            var two = packs.add(4, 5);
            index.add(one, packs.index(one));
            index.add(two, packs.index(two));
            for (int round = 0; round < 2; round++) {
                var found = index.lookup(List.of(TestPacks.id(5), TestPacks.id(9), TestPacks.id(2), TestPacks.id(5)));
                assertThat(found)
                        .containsExactly(
                                new BlockLocation(two, 1), null, new BlockLocation(one, 1), new BlockLocation(two, 1));
                index.flush();
            }
        }
    }

    @Test
    void blockInTwoPacks_isFoundInOneOfThem() {
        try (BlockIndex index = make()) {
            var one = packs.add(7, 8);
            var two = packs.add(8, 7);
            index.add(one, packs.index(one));
            index.flush();
            index.add(two, packs.index(two));
            index.flush();
            assertThat(index.lookup(List.of(TestPacks.id(8)))[0])
                    .isIn(new BlockLocation(one, 1), new BlockLocation(two, 0));
        }
    }
}
