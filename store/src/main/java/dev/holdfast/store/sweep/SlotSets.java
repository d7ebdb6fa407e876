package dev.holdfast.store.sweep;

import dev.holdfast.store.pack.PackId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Slots of packs, one bit each. */
final class SlotSets {
    private final Map<PackId, BitSet> sets = new HashMap<>();

    /** Answers whether it was not in the set. */
    boolean add(PackId pack, int slot) {
        BitSet slots = sets.computeIfAbsent(pack, id -> new BitSet());
        boolean absent = !slots.get(slot);
        slots.set(slot);
        return absent;
    }

    boolean contains(PackId pack, int slot) {
        BitSet slots = sets.get(pack);
        return slots != null && slots.get(slot);
    }
}
