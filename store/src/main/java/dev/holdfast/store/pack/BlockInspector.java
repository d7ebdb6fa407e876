package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.segment.SegmentCheck;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.format.Checksums;
import java.security.MessageDigest;

/** Finds out whether a segment really holds a block. Keeps its buffers between calls; for one thread at a time. */
public final class BlockInspector {
    // the check is faster when it may write a little more than the block
    private static final int SLACK = 512;

    private final SegmentCheck check = new SegmentCheck();
    private final MessageDigest sha256 = Checksums.sha256();
    private final int blockSize;
    private final byte[] plain;
    private byte[] otherPlain;

    /** An inspector of blocks up to {@code blockSize} bytes. */
    public BlockInspector(int blockSize) {
        this.blockSize = blockSize;
        this.plain = new byte[blockSize + SLACK];
    }

    /**
     * Inflates, walks and hashes a segment; answers the CRC-32 of the plain bytes.
     *
     * @throws BadSegment if it does not hold exactly the block {@code block} of {@code plainLength} bytes
     */
    public int inspect(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
        requireLength(plainLength);
        check.check(bytes, offset, length, plain, plainLength);
        return hash(block, plain, plainLength);
    }

    /**
     * Does the same with two blocks at once, which takes less time than one after the other.
     *
     * @return the CRC-32 of each one's plain bytes
     * @throws BadSegment if one of them is not what it is said to be; nothing is known of the other one then
     */
    public int[] inspectBoth(IncomingBlock one, IncomingBlock other) {
        requireLength(one.plainLength());
        requireLength(other.plainLength());
        if (otherPlain == null) {
            otherPlain = new byte[plain.length];
        }
        check.check(claim(one, plain), claim(other, otherPlain));
        return new int[] {
            hash(one.block(), plain, one.plainLength()), hash(other.block(), otherPlain, other.plainLength())
        };
    }

    private static SegmentCheck.Claim claim(IncomingBlock in, byte[] plain) {
        return new SegmentCheck.Claim(in.bytes(), in.offset(), in.length(), plain, in.plainLength());
    }

    private int hash(BlockId block, byte[] bytes, int length) {
        sha256.update(bytes, 0, length);
        BlockId actual = BlockId.of(sha256.digest(), 0);
        if (!actual.equals(block)) {
            throw new BadSegment("the segment sent as block " + block + " holds block " + actual);
        }
        return Checksums.crc32(bytes, 0, length);
    }

    private void requireLength(int plainLength) {
        if (plainLength < 1 || plainLength > blockSize) {
            throw new BadSegment("a block of this store has 1 to " + blockSize + " bytes, not " + plainLength);
        }
    }
}
