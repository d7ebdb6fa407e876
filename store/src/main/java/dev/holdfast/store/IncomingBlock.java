package dev.holdfast.store;

import dev.holdfast.contract.chunk.BlockId;
import java.util.Objects;

/**
 * A block on its way in, of which nothing is trusted.
 *
 * @param block its id, the SHA-256 of the plain bytes
 * @param plainLength bytes of the block
 * @param bytes holds the segment from {@code offset}, {@code length} bytes
 */
public record IncomingBlock(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
    /** Refuses a range that is not in {@code bytes}. */
    public IncomingBlock {
        Objects.checkFromIndexSize(offset, length, bytes.length);
    }
}
