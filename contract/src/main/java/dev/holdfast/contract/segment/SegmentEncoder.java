package dev.holdfast.contract.segment;

import java.util.zip.Deflater;

/**
 * Makes segments. One instance belongs to one thread; it keeps its tables between calls.
 *
 * <p>Output is deterministic for one version of Holdfast, but may differ between versions: a segment that is stored is
 * never encoded again.
 */
public final class SegmentEncoder {
    private final Deflater deflater;

    /** An encoder of that level. */
    public SegmentEncoder(SegmentLevel level) {
        this.deflater = new Deflater(level == SegmentLevel.SMALL ? 6 : 1, true);
    }

    /** Most bytes that a block of {@code plainLength} bytes can become. */
    public static int maxLength(int plainLength) {
        return plainLength + 64;
    }

    /**
     * Encodes one block.
     *
     * @param target has room for {@link #maxLength} bytes from {@code targetOffset}
     * @return bytes written
     */
    public int encode(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        deflater.reset();
        deflater.setInput(plain, offset, length);
        int room = target.length - targetOffset;
        int written = deflater.deflate(target, targetOffset, room, Deflater.SYNC_FLUSH);
        if (written > maxLength(length) || written == room) {
            throw new IllegalStateException("segment of " + length + " bytes does not fit");
        }
        return written;
    }
}
