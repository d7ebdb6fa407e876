package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.Packs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds most blocks of a batch by where their neighbours are. A directory that was captured before comes in the order in
 * which its blocks lie in packs; so a few of the batch are looked up, and the indices of their packs, each one read, have
 * most of the others. Without that a large index is read in as many places as the batch has blocks.
 */
final class NeighbourLookup {
    private static final int PROBE_EVERY = 32;

    /** A pack index is a read of some 50 KB: it must replace at least so many reads of a page. */
    private static final int LEAST_BATCH = 1024;

    /** Where more than every eighth page would be read, reading them all in order is as good. */
    private static final int DENSE = 8;

    private NeighbourLookup() {}

    /** Whether a batch is large, and sparse in runs of so many pages. */
    static boolean pays(int batch, long pages) {
        return batch >= LEAST_BATCH && (long) batch * DENSE < pages;
    }

    /** Blocks of a batch that is in the order of files, evenly chosen; sorted. */
    static BlockId[] probes(List<BlockId> blocks) {
        BlockId[] probes = new BlockId[(blocks.size() + PROBE_EVERY - 1) / PROBE_EVERY];
        Arrays.setAll(probes, i -> blocks.get(i * PROBE_EVERY));
        Arrays.sort(probes);
        return probes;
    }

    /**
     * Sets where blocks lie that are in one of the packs of {@code hits}; leaves null the others.
     *
     * @param without packs that are passed over
     */
    static void fill(
            BlockId[] sorted,
            BlockLocation[] found,
            BlockLocation[] hits,
            Packs packs,
            GroupId project,
            Set<PackId> without) {
        Set<PackId> hit = new LinkedHashSet<>();
        Arrays.stream(hits).filter(Objects::nonNull).map(BlockLocation::pack).forEach(hit::add);
        hit.removeAll(without);
        if (hit.isEmpty()) {
            return;
        }
        Map<BlockId, BlockLocation> wanted = new HashMap<>();
        Arrays.stream(sorted).forEach(block -> wanted.put(block, null));
        for (PackId pack : hit) {
            try {
                PackIndex index = packs.index(project, pack);
                for (int slot = 0; slot < index.size(); slot++) {
                    BlockId block = index.block(slot);
                    if (wanted.containsKey(block)) {
                        wanted.putIfAbsent(block, new BlockLocation(pack, slot));
                    }
                }
            } catch (Corruption e) {
                // the runs know more of its blocks; verify is who complains of a damaged pack
            }
        }
        for (int i = 0; i < sorted.length; i++) {
            found[i] = wanted.get(sorted[i]);
        }
    }
}
