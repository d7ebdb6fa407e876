package dev.holdfast.store.index;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * When the heap is flushed and which runs are merged. A tier holds runs of about one size, and is merged into a run of
 * the next tier when it is full; so there are about {@code fanIn * log(blocks)} runs, and a block is rewritten as many
 * times as there are tiers.
 *
 * @param youngEntries blocks in the heap that make a flush
 * @param tierZeroEntries runs up to this size are in the lowest tier
 * @param fanIn runs that fill a tier
 */
record RunTiers(int youngEntries, int tierZeroEntries, int fanIn) {
    /** At most about 6 MB of heap for each project that is written to; a dozen runs for a store of a terabyte. */
    static final RunTiers DEFAULT = new RunTiers(32 << 10, 4 << 10, 4);

    /** The runs of the lowest full tier, or none. */
    List<Run> due(List<Run> runs) {
        Map<Integer, List<Run>> byTier =
                runs.stream().collect(Collectors.groupingBy(this::tier, TreeMap::new, Collectors.toList()));
        return byTier.values().stream()
                .filter(tier -> tier.size() >= fanIn)
                .findFirst()
                .orElse(List.of());
    }

    private int tier(Run run) {
        int tier = 0;
        for (long size = run.entries(); size > tierZeroEntries; size /= fanIn) {
            tier++;
        }
        return tier;
    }
}
