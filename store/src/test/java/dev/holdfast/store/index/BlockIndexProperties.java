package dev.holdfast.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.testing.TestPacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BlockIndexProperties {
    @Property(tries = 60)
    void index_agreesWithATreeMap_throughFlushesMergesAndReopening(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
        Random random = new Random(seed);
        TestPacks packs = new TestPacks(seed);
        RunTiers tiers = new RunTiers(1 + random.nextInt(400), 1 + random.nextInt(100), 2 + random.nextInt(3));
        TreeMap<BlockId, List<BlockLocation>> model = new TreeMap<>();
        RunBlockIndex index = open(packs, tiers, random);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(8)) {
                case 0 -> index.flush();
                case 1 -> {
                    index.close();
                    index = open(packs, tiers, random);
                }
                default -> {
                    int[] blocks = random.ints(1 + random.nextInt(250), 0, 5000).toArray();
                    PackId pack = packs.add(blocks);
                    for (int slot = 0; slot < blocks.length; slot++) {
                        model.computeIfAbsent(TestPacks.id(blocks[slot]), id -> new ArrayList<>())
                                .add(new BlockLocation(pack, slot));
                    }
                    index.add(pack, packs.index(pack));
                }
            }
            List<BlockId> wanted = random.ints(random.nextInt(600), 0, 6000)
                    .mapToObj(TestPacks::id)
                    .toList();
            BlockLocation[] found = index.lookup(wanted);
            for (int i = 0; i < found.length; i++) {
                List<BlockLocation> expected = model.get(wanted.get(i));
                if (expected == null) {
                    assertThat(found[i]).isNull();
                } else {
                    assertThat(found[i]).isIn(expected);
                }
            }
        }
        index.close();
    }

    private static RunBlockIndex open(TestPacks packs, RunTiers tiers, Random random) {
        return RunBlockIndex.open(packs.blobs, packs.packs, TestPacks.STORE, TestPacks.PROJECT, random, tiers);
    }
}
