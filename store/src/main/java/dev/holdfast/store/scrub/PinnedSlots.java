package dev.holdfast.store.scrub;

import dev.holdfast.contract.segment.Crc32Combine;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.pack.PackIndex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What manifests pin of some packs. Equal extents, which snapshots share, are kept once. */
public final class PinnedSlots {
    private final Map<String, Set<Extent>> extents = new HashMap<>();

    /** Takes an extent of the pack that is called {@code pack} as a blob. */
    public void add(String pack, Extent extent) {
        extents.computeIfAbsent(pack, name -> new HashSet<>()).add(extent);
    }

    /** Whether an index of that pack has the very segments that were pinned. */
    public boolean agrees(String pack, PackIndex index) {
        return extents.getOrDefault(pack, Set.of()).stream().allMatch(extent -> agrees(extent, index));
    }

    private static boolean agrees(Extent extent, PackIndex index) {
        if (extent.firstSlot() < 0 || extent.slots() > index.size() - extent.firstSlot()) {
            return false;
        }
        int crc = 0;
        long length = 0;
        for (int slot = extent.firstSlot(); slot < extent.firstSlot() + extent.slots(); slot++) {
            long stored = index.storedLength(slot);
            crc = Crc32Combine.CRC32C.combine(crc, index.storedCrc32c(slot), stored);
            length += stored;
        }
        return length == extent.storedBytes() && crc == extent.storedCrc32c();
    }
}
