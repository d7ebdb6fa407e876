package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Packs that are in no run yet. Not safe for several threads. */
final class YoungPacks {
    private final Map<PackId, PackIndex> packs = new LinkedHashMap<>();
    private final Map<BlockId, BlockLocation> blocks = new HashMap<>();
    private int entries;

    void add(PackId pack, PackIndex index) {
        if (packs.putIfAbsent(pack, index) == null) {
            entries += index.size();
            enter(pack, index);
        }
    }

    /** Forgets packs that are in a run now, or shall be in none. */
    void removeAll(Set<PackId> gone) {
        packs.keySet().removeAll(gone);
        blocks.clear();
        entries = 0;
        packs.forEach((pack, index) -> {
            entries += index.size();
            enter(pack, index);
        });
    }

    BlockLocation find(BlockId block) {
        return blocks.get(block);
    }

    int entries() {
        return entries;
    }

    Map<PackId, PackIndex> packs() {
        return new LinkedHashMap<>(packs);
    }

    private void enter(PackId pack, PackIndex index) {
        for (int slot = 0; slot < index.size(); slot++) {
            blocks.putIfAbsent(index.block(slot), new BlockLocation(pack, slot));
        }
    }

    /** The entries of packs, whose table is in the order of the map, sorted in the heap. */
    static Cursor sorted(Map<PackId, PackIndex> packs) {
        List<Entry> entries = new ArrayList<>();
        int ordinal = 0;
        for (PackIndex index : packs.values()) {
            for (int slot = 0; slot < index.size(); slot++) {
                entries.add(new Entry(index.block(slot), ordinal, slot));
            }
            ordinal++;
        }
        Entry[] sorted = entries.toArray(Entry[]::new);
        Arrays.sort(sorted);
        return new SortedCursor(sorted);
    }

    private record Entry(BlockId block, int pack, int slot) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = block.compareTo(other.block);
            order = order != 0 ? order : Integer.compare(pack, other.pack);
            return order != 0 ? order : Integer.compare(slot, other.slot);
        }
    }

    private static final class SortedCursor implements Cursor {
        private final Entry[] sorted;
        private int at = -1;

        SortedCursor(Entry[] sorted) {
            this.sorted = sorted;
        }

        @Override
        public boolean advance() {
            at++;
            return at < sorted.length;
        }

        @Override
        public BlockId block() {
            return sorted[at].block;
        }

        @Override
        public int pack() {
            return sorted[at].pack;
        }

        @Override
        public int slot() {
            return sorted[at].slot;
        }
    }
}
