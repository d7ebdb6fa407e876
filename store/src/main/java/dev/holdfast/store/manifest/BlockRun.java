package dev.holdfast.store.manifest;

import dev.holdfast.contract.segment.Crc32Combine;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;

/** Blocks of a file that may still become one extent or hole. */
final class BlockRun {
    private final int blockSize;
    private final int blockOperator;
    private PackId pack;
    private int firstSlot;
    private int slots;
    private long plainBytes;
    private long storedBytes;
    private int plainCrc32;
    private int storedCrc32c;
    private long zeroBlocks;

    BlockRun(int blockSize) {
        this.blockSize = blockSize;
        this.blockOperator = Crc32Combine.CRC32.operator(blockSize);
    }

    /** Whether the block of a location ({@code null}: zeros) continues this run. */
    boolean takes(BlockLocation location) {
        if (location == null) {
            return slots == 0;
        }
        boolean next = location.pack().equals(pack) && location.slot() == (long) firstSlot + slots;
        return zeroBlocks == 0 && (slots == 0 || next);
    }

    void addZeros() {
        zeroBlocks++;
    }

    void add(BlockLocation location, PackIndex index) {
        int slot = location.slot();
        if (slots == 0) {
            pack = location.pack();
            firstSlot = slot;
        }
        int plain = index.plainLength(slot);
        int operator = plain == blockSize ? blockOperator : Crc32Combine.CRC32.operator(plain);
        int stored = index.storedLength(slot);
        plainCrc32 = Crc32Combine.CRC32.combine(plainCrc32, index.plainCrc32(slot), operator);
        storedCrc32c = Crc32Combine.CRC32C.combine(storedCrc32c, index.storedCrc32c(slot), (long) stored);
        plainBytes += plain;
        storedBytes += stored;
        slots++;
    }

    /** Writes the run to {@code page}, if there is any, and begins anew. */
    void flush(PageBuilder page) {
        if (slots > 0) {
            page.extent(new Extent(pack, firstSlot, slots, plainBytes, storedBytes, plainCrc32, storedCrc32c));
        } else if (zeroBlocks > 0) {
            page.hole(zeroBlocks);
        }
        pack = null;
        slots = 0;
        plainBytes = 0;
        storedBytes = 0;
        plainCrc32 = 0;
        storedCrc32c = 0;
        zeroBlocks = 0;
    }
}
