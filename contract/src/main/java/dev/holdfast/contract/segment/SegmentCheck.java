package dev.holdfast.contract.segment;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decides whether bytes are a segment of a block. Never switchable off: two segments of which the first has a final
 * block join into an archive that is silently short. One instance belongs to one thread.
 *
 * <p>Three questions, each of which has let something through that another caught: is it short enough, does a walk over
 * its blocks end with its last bit and meet no final one, and does zlib, given the segment and an empty final block,
 * stop exactly at the end with exactly the block?
 */
public final class SegmentCheck {
    /** An empty final stored block: what stands behind the segments of an archive, as whole bytes. */
    private static final byte[] CLOSING = {1, 0, 0, (byte) 0xff, (byte) 0xff};

    private final BlockWalk walk = new BlockWalk();
    // freed by the Inflater's own cleaner with this object
    private final Inflater inflater = new Inflater(true);
    private final byte[] excess = new byte[1];
    private byte[] closed = new byte[0];

    /**
     * Inflates a segment and walks over its blocks.
     *
     * @param segment holds the segment from {@code offset}, {@code length} bytes
     * @param plain receives the block; longer than {@code plainLength} is allowed
     * @param plainLength bytes that the block must have
     * @throws BadSegment unless it holds exactly that many bytes, has no final block, ends on a byte boundary, and is
     *     no longer than {@link SegmentEncoder#maxLength}
     */
    public void check(byte[] segment, int offset, int length, byte[] plain, int plainLength) {
        if (length > SegmentEncoder.maxLength(plainLength)) {
            throw new BadSegment("a segment of " + length + " bytes is too long for " + plainLength + " plain bytes");
        }
        int closedLength = length + CLOSING.length;
        if (closed.length < closedLength + BlockWalk.PADDING) {
            closed = new byte[closedLength + BlockWalk.PADDING];
        }
        System.arraycopy(segment, offset, closed, 0, length);
        System.arraycopy(CLOSING, 0, closed, length, CLOSING.length);
        requireLength(walk.walk(closed, length), plainLength);
        inflate(closedLength, plain, plainLength);
    }

    private void inflate(int closedLength, byte[] plain, int plainLength) {
        inflater.reset();
        inflater.setInput(closed, 0, closedLength);
        try {
            int count = 0;
            while (!inflater.finished()) {
                int n = count < plainLength
                        ? inflater.inflate(plain, count, plainLength - count)
                        : inflater.inflate(excess, 0, 1);
                count += n;
                if (count > plainLength || n == 0 && !inflater.finished()) {
                    requireLength(count, plainLength);
                    throw new BadSegment("the segment does not end where its blocks do");
                }
            }
            requireLength(count, plainLength);
            if (inflater.getRemaining() != 0) {
                throw new BadSegment("the segment ends " + inflater.getRemaining() + " bytes before its last byte");
            }
        } catch (DataFormatException e) {
            throw new BadSegment("the segment does not inflate: " + e.getMessage());
        }
    }

    private static void requireLength(long holds, int plainLength) {
        if (holds != plainLength) {
            throw new BadSegment("the segment holds " + holds + " bytes, not " + plainLength);
        }
    }
}
