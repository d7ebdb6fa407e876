package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.PackId;
import java.util.List;
import java.util.Set;

/** The entries of a run without those of some packs; the table is thought without these packs too. */
final class CursorWithout implements Cursor {
    private final Cursor cursor;
    private final int[] ordinals;

    CursorWithout(Run run, Set<PackId> without) {
        List<PackId> packs = run.packs();
        this.cursor = run.cursor();
        this.ordinals = new int[packs.size()];
        int next = 0;
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = without.contains(packs.get(i)) ? -1 : next++;
        }
    }

    @Override
    public boolean advance() {
        while (cursor.advance()) {
            if (ordinals[cursor.pack()] >= 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public BlockId block() {
        return cursor.block();
    }

    @Override
    public int pack() {
        return ordinals[cursor.pack()];
    }

    @Override
    public int slot() {
        return cursor.slot();
    }
}
