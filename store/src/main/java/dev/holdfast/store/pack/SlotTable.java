package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;
import java.nio.ByteBuffer;

/** A pack's index over the very bytes that the file has, so that reading it costs one array. */
final class SlotTable implements PackIndex {
    private final byte[] slots;
    private final ByteBuffer view;
    private final int[] offsets;

    /**
     * Takes {@code slots}, whose last bytes may be unused.
     *
     * @throws ArithmeticException if a length in it is negative or the sum is beyond 2 GiB
     */
    SlotTable(byte[] slots, int count) {
        this.slots = slots;
        this.view = ByteBuffer.wrap(slots);
        this.offsets = new int[count + 1];
        offsets[0] = PackFormat.HEADER;
        for (int slot = 0; slot < count; slot++) {
            if (storedLength(slot) <= 0 || plainLength(slot) <= 0) {
                throw new ArithmeticException("slot " + slot + " is empty");
            }
            offsets[slot + 1] = Math.addExact(offsets[slot], storedLength(slot));
        }
    }

    @Override
    public int size() {
        return offsets.length - 1;
    }

    @Override
    public long offset(int slot) {
        return offsets[slot];
    }

    /** Where the segments end and the index begins. */
    long end() {
        return offsets[offsets.length - 1];
    }

    @Override
    public int storedLength(int slot) {
        return view.getInt(field(slot));
    }

    @Override
    public int plainLength(int slot) {
        return view.getInt(field(slot) + 4);
    }

    @Override
    public int plainCrc32(int slot) {
        return view.getInt(field(slot) + 8);
    }

    @Override
    public int storedCrc32c(int slot) {
        return view.getInt(field(slot) + 12);
    }

    @Override
    public BlockId block(int slot) {
        return BlockId.of(slots, slot * PackFormat.SLOT);
    }

    private static int field(int slot) {
        return slot * PackFormat.SLOT + BlockId.LENGTH;
    }
}
