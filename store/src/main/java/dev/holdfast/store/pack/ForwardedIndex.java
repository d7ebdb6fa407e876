package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.trouble.Corruption;

/**
 * The index that a repacked pack had, for the slots that are still needed, read from the packs that have them now. Offsets
 * are those of the old file, so that who had read the old index may go on with it.
 */
final class ForwardedIndex implements PackIndex {
    private final Forward forward;
    private final Packs packs;

    /** What was asked for last, so that a run of slots costs one look-up. */
    private volatile Place last;

    private record Place(Forward.Run run, PackIndex index) {
        boolean has(int slot) {
            return slot >= run.firstSlot() && slot < run.firstSlot() + run.slots();
        }

        int target(int slot) {
            return run.target() + slot - run.firstSlot();
        }
    }

    ForwardedIndex(Forward forward, Packs packs) {
        this.forward = forward;
        this.packs = packs;
    }

    @Override
    public int size() {
        return forward.slots();
    }

    @Override
    public long offset(int slot) {
        Place place = place(slot);
        long first = place.index.offset(place.run.target());
        return place.run.offset() + place.index.offset(place.target(slot)) - first;
    }

    @Override
    public int storedLength(int slot) {
        Place place = place(slot);
        return place.index.storedLength(place.target(slot));
    }

    @Override
    public int plainLength(int slot) {
        Place place = place(slot);
        return place.index.plainLength(place.target(slot));
    }

    @Override
    public int plainCrc32(int slot) {
        Place place = place(slot);
        return place.index.plainCrc32(place.target(slot));
    }

    @Override
    public int storedCrc32c(int slot) {
        Place place = place(slot);
        return place.index.storedCrc32c(place.target(slot));
    }

    @Override
    public BlockId block(int slot) {
        Place place = place(slot);
        return place.index.block(place.target(slot));
    }

    private Place place(int slot) {
        Place known = last;
        if (known != null && known.has(slot)) {
            return known;
        }
        Forward.Run run = forward.runOf(slot)
                .orElseThrow(() -> new Corruption(name(), 0, "slot " + slot + " was dropped by a repack"));
        PackIndex index = packs.index(forward.project(), run.pack());
        if (run.slots() > index.size() - run.target()) {
            throw new Corruption(
                    name(),
                    0,
                    "it forwards to slot " + (run.target() + run.slots() - 1) + " of pack " + run.pack()
                            + ", which has " + index.size());
        }
        Place found = new Place(run, index);
        last = found;
        return found;
    }

    private String name() {
        return ForwardNames.name(forward.project(), forward.from());
    }
}
