package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;

/** What a pack holds, slot by slot in the order of their bytes: slot n+1 begins where slot n ends. Immutable. */
public interface PackIndex {
    /** Number of slots. */
    int size();

    /** Bytes from the start of the pack's blob to the segment. */
    long offset(int slot);

    /** Bytes of the segment. */
    int storedLength(int slot);

    /** Bytes of the block. */
    int plainLength(int slot);

    /** CRC-32 of the block's plain bytes. */
    int plainCrc32(int slot);

    /** CRC-32C of the segment as it is stored. */
    int storedCrc32c(int slot);

    /** The block's id. */
    BlockId block(int slot);
}
