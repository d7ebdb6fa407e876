package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.segment.SegmentCheck;
import dev.holdfast.store.format.Checksums;
import java.security.MessageDigest;

/** Finds out whether a segment really holds a block. Keeps its buffers between calls; for one thread at a time. */
public final class BlockInspector {
    private final SegmentCheck check = new SegmentCheck();
    private final MessageDigest sha256 = Checksums.sha256();
    private final byte[] plain;

    /** An inspector of blocks up to {@code blockSize} bytes. */
    public BlockInspector(int blockSize) {
        this.plain = new byte[blockSize];
    }

    /**
     * Inflates, walks and hashes a segment; answers the CRC-32 of the plain bytes.
     *
     * @throws BadSegment if it does not hold exactly the block {@code block} of {@code plainLength} bytes
     */
    public int inspect(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
        if (plainLength < 1 || plainLength > plain.length) {
            throw new BadSegment("a block of this store has 1 to " + plain.length + " bytes, not " + plainLength);
        }
        check.check(bytes, offset, length, plain, plainLength);
        sha256.update(plain, 0, plainLength);
        BlockId actual = BlockId.of(sha256.digest(), 0);
        if (!actual.equals(block)) {
            throw new BadSegment("the segment sent as block " + block + " holds block " + actual);
        }
        return Checksums.crc32(plain, 0, plainLength);
    }
}
