package dev.holdfast.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.testing.TestPacks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

    @Test
    void whatWasAdded_isFound_whileOthersAddAndFlush() throws Exception {
        List<PackId> made = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            made.add(packs.add(IntStream.range(i * 10, i * 10 + 10).toArray()));
        }
        var threads = Executors.newFixedThreadPool(4);
        try (BlockIndex index = make()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t;
                tasks.add(() -> {
                    boolean all = true;
                    for (int i = first; i < made.size(); i += 4) {
                        index.add(made.get(i), packs.index(made.get(i)));
                        if (i % 3 == 0) {
                            index.flush();
                        }
                        List<BlockId> mine = IntStream.range(first * 10, i * 10 + 10)
                                .filter(n -> n / 10 % 4 == first)
                                .mapToObj(TestPacks::id)
                                .toList();
                        all &= Arrays.stream(index.lookup(mine)).allMatch(Objects::nonNull);
                    }
                    return all;
                });
            }
            for (Future<Boolean> all : threads.invokeAll(tasks)) {
                assertThat(all.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
