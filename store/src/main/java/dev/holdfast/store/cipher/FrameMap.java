package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Corruption;
import java.nio.ByteBuffer;

/** Where the frames of a sealed file begin in the plain file that is inside. */
interface FrameMap {
    /** Number of frames, at least 1. */
    int count();

    /** Offset of a frame in the plain file; that of {@link #count} is the plain file's length. */
    long start(int frame);

    /** The frame that holds the plain byte at {@code offset}, which is below the length. */
    int at(long offset);

    /** Length of the plain file. */
    default long size() {
        return start(count());
    }

    /** Plain bytes of a frame. */
    default int length(int frame) {
        return (int) (start(frame + 1) - start(frame));
    }

    /** Where a frame lies in the sealed file. */
    default long sealedStart(int frame) {
        return SealedHeader.LENGTH + start(frame) + (long) SegmentCipher.OVERHEAD * frame;
    }

    /** What a frame is bound to besides its file. */
    static byte[] bound(int frame, boolean last) {
        return ByteBuffer.allocate(9).putLong(frame).put((byte) (last ? 1 : 0)).array();
    }

    /** Frames of one length, only the last one shorter, in a sealed file of {@code sealedSize} bytes. */
    static FrameMap even(String name, long sealedSize, int frame) {
        long body = sealedSize - SealedHeader.LENGTH;
        long unit = frame + (long) SegmentCipher.OVERHEAD;
        long count = (body + unit - 1) / unit;
        if (body < SegmentCipher.OVERHEAD
                || body - (count - 1) * unit < SegmentCipher.OVERHEAD
                || count > Integer.MAX_VALUE) {
            throw new Corruption(name, sealedSize, "it is cut off");
        }
        long size = body - count * SegmentCipher.OVERHEAD;
        return new FrameMap() {
            @Override
            public int count() {
                return (int) count;
            }

            @Override
            public long start(int index) {
                return Math.min(size, (long) index * frame);
            }

            @Override
            public int at(long offset) {
                return (int) (offset / frame);
            }
        };
    }
}
