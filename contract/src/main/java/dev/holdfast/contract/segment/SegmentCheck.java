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
 *
 * <p>{@link Inflation} answers the last two in one pass, several times as fast, when the answer is yes. What it does not
 * accept is judged by the walk and by zlib, which also say what is wrong; so it can refuse too much, never too little,
 * and property tests compare what it accepts with zlib.
 */
public final class SegmentCheck {
    /** An empty final stored block: what stands behind the segments of an archive, as whole bytes. */
    private static final byte[] CLOSING = {1, 0, 0, (byte) 0xff, (byte) 0xff};

    private final BlockWalk walk = new BlockWalk();
    // freed by the Inflater's own cleaner with this object
    private final Inflater inflater = new Inflater(true);
    private final byte[] excess = new byte[1];
    private final Side first = new Side();
    private final Side second = new Side();

    /**
     * Bytes that are said to be a segment.
     *
     * @param segment holds them from {@code offset}, {@code length} bytes
     * @param plain receives the block; longer than {@code plainLength} is allowed, and faster when it is 512 bytes longer
     * @param plainLength bytes that the block must have
     */
    public record Claim(byte[] segment, int offset, int length, byte[] plain, int plainLength) {}

    /**
     * Inflates a segment and walks over its blocks.
     *
     * @param segment holds the segment from {@code offset}, {@code length} bytes
     * @param plain receives the block; longer than {@code plainLength} is allowed, and what is behind may be overwritten
     * @param plainLength bytes that the block must have
     * @throws BadSegment unless it holds exactly that many bytes, has no final block, ends on a byte boundary, and is
     *     no longer than {@link SegmentEncoder#maxLength}
     */
    public void check(byte[] segment, int offset, int length, byte[] plain, int plainLength) {
        Claim claim = new Claim(segment, offset, length, plain, plainLength);
        boolean begun = first.begin(claim);
        judge(first, claim, begun);
    }

    /**
     * Does the same with two segments at once, which takes much less time than one after the other.
     *
     * @throws BadSegment if one of them is not what is claimed; nothing is known of the other one then
     */
    public void check(Claim one, Claim other) {
        boolean firstBegun = first.begin(one);
        boolean secondBegun = second.begin(other);
        if (firstBegun && secondBegun && first.inflation.isInSymbols() && second.inflation.isInSymbols()) {
            // if one of them is not accepted, zlib says which it is
            boolean goOn = readTogether();
            firstBegun = goOn;
            secondBegun = goOn;
        }
        judge(first, one, firstBegun);
        judge(second, other, secondBegun);
    }

    private boolean readTogether() {
        try {
            return LiteralRuns.readLong(first.inflation, second.inflation);
        } catch (BadSegment e) {
            return false;
        }
    }

    private void judge(Side side, Claim claim, boolean begun) {
        if (!begun || !side.finish(claim)) {
            ask(side.closed, claim);
        }
    }

    /** Lets the walk and zlib decide. */
    private void ask(byte[] closed, Claim claim) {
        if (claim.length > SegmentEncoder.maxLength(claim.plainLength)) {
            throw new BadSegment(
                    "a segment of " + claim.length + " bytes is too long for " + claim.plainLength + " plain bytes");
        }
        requireLength(walk.walk(closed, claim.length), claim.plainLength);
        inflate(closed, claim.length + CLOSING.length, claim.plain, claim.plainLength);
    }

    /** One of two segments that are read at once. */
    private static final class Side {
        private final Inflation inflation = new Inflation();
        private byte[] closed = new byte[0];
        private byte[] spacious = new byte[0];

        /** Copies the segment to where it can be closed, and begins it; false if {@link Inflation} does not accept it. */
        private boolean begin(Claim claim) {
            if (claim.length > SegmentEncoder.maxLength(claim.plainLength)) {
                return false;
            }
            int closedLength = claim.length + CLOSING.length;
            if (closed.length < closedLength + BlockWalk.PADDING) {
                closed = new byte[closedLength + BlockWalk.PADDING];
            }
            System.arraycopy(claim.segment, claim.offset, closed, 0, claim.length);
            System.arraycopy(CLOSING, 0, closed, claim.length, CLOSING.length);
            int room = claim.plainLength + Inflation.SLACK;
            if (claim.plain.length < room && spacious.length < room) {
                spacious = new byte[room];
            }
            byte[] target = claim.plain.length < room ? spacious : claim.plain;
            try {
                return inflation.begin(closed, claim.length, target, claim.plainLength);
            } catch (BadSegment e) {
                return false;
            }
        }

        /** Whether it is accepted; its block is in {@code claim.plain} then. */
        private boolean finish(Claim claim) {
            try {
                if (!inflation.finish()) {
                    return false;
                }
            } catch (BadSegment e) {
                return false;
            }
            if (inflation.target != claim.plain) {
                System.arraycopy(inflation.target, 0, claim.plain, 0, claim.plainLength);
            }
            return true;
        }
    }

    private void inflate(byte[] closed, int closedLength, byte[] plain, int plainLength) {
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
