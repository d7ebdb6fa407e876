package dev.holdfast.store.archive;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.pack.Packs;

/** Whether a pack still has what a manifest was made of, as far as its index says; reads no segment. For one thread. */
public final class ExtentCheck {
    private final SegmentReader segments;

    /** A check of extents of a project's parts. */
    public ExtentCheck(Packs packs, GroupId project, int blockSize) {
        this.segments = new SegmentReader(packs, project, blockSize);
    }

    /**
     * Holds the index of the extent's pack to what the extent pins.
     *
     * @throws dev.holdfast.contract.trouble.Corruption if the pack is gone, damaged, or has other segments there
     */
    public void check(Extent extent) {
        segments.enter(extent);
    }
}
