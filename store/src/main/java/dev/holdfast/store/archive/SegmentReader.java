package dev.holdfast.store.archive;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.segment.Crc32Combine;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.Packs;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads segments of an extent and checks each against the CRC-32C it was stored with. Positioned reads only: a checksum
 * over a mapping of a file that someone truncates kills the JVM. For one thread.
 */
final class SegmentReader {
    private final Packs packs;
    private final GroupId project;
    private final int maxStored;
    private final CRC32C crc = new CRC32C();

    private PackId pack;
    private PackIndex index;
    private Extent extent;
    private long base;

    /** One segment that is wanted in pieces; {@link #scratchSlot} of {@link #scratchPack}. */
    private ByteBuffer scratch;

    private PackId scratchPack;
    private int scratchSlot;

    SegmentReader(Packs packs, GroupId project, int blockSize) {
        this.packs = packs;
        this.project = project;
        this.maxStored = SegmentEncoder.maxLength(blockSize);
    }

    /** Turns to an extent; the pack's index must agree with what the extent pins. */
    void enter(Extent next) {
        if (next.equals(extent)) {
            return;
        }
        extent = null;
        if (!next.pack().equals(pack)) {
            pack = null;
            index = packs.index(project, next.pack());
            pack = next.pack();
        }
        if (next.slots() > index.size() - next.firstSlot()) {
            throw new Corruption(
                    packs.name(project, pack),
                    0,
                    "it has " + index.size() + " slots, and a manifest refers to slot "
                            + ((long) next.firstSlot() + next.slots() - 1));
        }
        base = index.offset(next.firstSlot());
        requirePinned(next);
        extent = next;
    }

    /** The slot that holds byte {@code offset} of the extent. */
    int slotAt(long offset) {
        int low = extent.firstSlot();
        int high = extent.firstSlot() + extent.slots() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (index.offset(middle) - base <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Where a slot of the extent begins in it. */
    long startOf(int slot) {
        return index.offset(slot) - base;
    }

    /** Bytes of a slot. */
    int lengthOf(int slot) {
        return index.storedLength(slot);
    }

    /**
     * Reads segments with one read straight into {@code target}, which has room for them. When one is damaged, those
     * before it have been put.
     */
    void readWhole(int firstSlot, int slots, int bytes, ByteBuffer target) {
        int start = target.position();
        ByteBuffer view = target.duplicate().limit(start + bytes);
        int read = packs.reader(project, pack).read(index.offset(firstSlot), view);
        int at = 0;
        for (int slot = firstSlot; slot < firstSlot + slots; slot++) {
            int length = index.storedLength(slot);
            requireRead(slot, read - at);
            view.limit(start + at + length).position(start + at);
            requireIntact(slot, view);
            at += length;
            target.position(start + at);
        }
    }

    /** Puts as many bytes of one segment from {@code offset} as fit, no more than {@code most}. */
    void readPart(int slot, int offset, int most, ByteBuffer target) {
        load(slot);
        int count = Math.min(Math.min(most, lengthOf(slot) - offset), target.remaining());
        target.put(target.position(), scratch, offset, count);
        target.position(target.position() + count);
    }

    private void load(int slot) {
        if (slot == scratchSlot && pack.equals(scratchPack)) {
            return;
        }
        scratchPack = null;
        if (scratch == null) {
            scratch = ByteBuffer.allocateDirect(maxStored);
        }
        scratch.clear().limit(lengthOf(slot));
        int read = packs.reader(project, pack).read(index.offset(slot), scratch);
        requireRead(slot, read);
        requireIntact(slot, scratch.flip());
        scratch.clear();
        scratchSlot = slot;
        scratchPack = pack;
    }

    private void requirePinned(Extent next) {
        int stored = 0;
        long length = 0;
        for (int slot = next.firstSlot(); slot < next.firstSlot() + next.slots(); slot++) {
            int slotLength = index.storedLength(slot);
            if (slotLength > maxStored || index.offset(slot) != base + length) {
                throw new Corruption(
                        packs.name(project, pack), index.offset(slot), "slot " + slot + " has a length that cannot be");
            }
            stored = Crc32Combine.CRC32C.combine(stored, index.storedCrc32c(slot), (long) slotLength);
            length += slotLength;
        }
        if (length != next.storedBytes() || stored != next.storedCrc32c()) {
            throw new Corruption(
                    packs.name(project, pack),
                    base,
                    "its index has other segments in slots " + next.firstSlot() + " to "
                            + (next.firstSlot() + next.slots() - 1) + " than the manifest was made of");
        }
    }

    private void requireRead(int slot, int bytes) {
        if (bytes < lengthOf(slot)) {
            throw new Corruption(
                    packs.name(project, pack), index.offset(slot), "the file ends in the segment of slot " + slot);
        }
    }

    private void requireIntact(int slot, ByteBuffer segment) {
        crc.reset();
        crc.update(segment);
        if ((int) crc.getValue() != index.storedCrc32c(slot)) {
            throw new Corruption(
                    packs.name(project, pack), index.offset(slot), "the checksum of slot " + slot + " is wrong");
        }
    }
}
