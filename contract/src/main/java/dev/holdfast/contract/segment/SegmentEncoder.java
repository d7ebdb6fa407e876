package dev.holdfast.contract.segment;

/**
 * Makes segments. One instance belongs to one thread; it keeps its tables between calls.
 *
 * <p>Output is deterministic for one version of Holdfast, but may differ between versions: a segment that is stored is
 * never encoded again. It never depends on what was encoded before.
 */
public final class SegmentEncoder {
    private static final int MAX_OVERHEAD = 64;

    private final SegmentCoder coder;

    /** An encoder of that level. */
    public SegmentEncoder(SegmentLevel level) {
        this.coder = switch (level) {
            case FAST -> new FastCoder();
            case SMALL -> new ZlibCoder();
        };
    }

    /**
     * Most bytes that a block of {@code plainLength} bytes can become: 64 more, except for blocks of which even the
     * stored form is longer (those over 768 KiB).
     */
    public static int maxLength(int plainLength) {
        return plainLength + Math.max(MAX_OVERHEAD, StoredSegment.overhead(plainLength));
    }

    /**
     * Encodes one block.
     *
     * @param target has room for {@link #maxLength} bytes from {@code targetOffset}
     * @return bytes written; 0 for an empty block
     */
    public int encode(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        if (target.length - targetOffset < maxLength(length)) {
            throw new IllegalArgumentException("no room for a segment of " + length + " plain bytes: "
                    + (target.length - targetOffset) + " bytes are left");
        }
        if (length == 0) {
            return 0;
        }
        int written = coder.encode(plain, offset, length, target, targetOffset);
        return written < 0 ? StoredSegment.write(plain, offset, length, target, targetOffset) : written;
    }
}
