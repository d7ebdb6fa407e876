package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.format.ExactRead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** The frames of a pack: header, each segment, index with footer. Sizes of the plain pack are those of format.md. */
final class PackFrames implements FrameMap {
    static final int TRAILER = 12;

    private static final byte[] END = "HOLDPEND".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 60;
    private static final int SLOT = 48;
    private static final int LENGTH_IN_SLOT = 32;
    private static final int FOOTER = 24;

    /** Offsets in the plain pack, one more than there are frames. */
    private final int[] starts;

    private PackFrames(int[] starts) {
        this.starts = starts;
    }

    /** The frames of a pack whose last one has these plain bytes; throws {@link Corruption} if they cannot be. */
    static PackFrames of(String name, byte[] tail, int length) {
        int slots = (length - FOOTER) / SLOT;
        int[] starts = new int[slots + 3];
        starts[1] = HEADER;
        ByteBuffer index = ByteBuffer.wrap(tail);
        try {
            for (int slot = 0; slot < slots; slot++) {
                int stored = index.getInt(slot * SLOT + LENGTH_IN_SLOT);
                if (stored <= 0) {
                    throw new ArithmeticException("slot " + slot + " is empty");
                }
                starts[slot + 2] = Math.addExact(starts[slot + 1], stored);
            }
            starts[slots + 2] = Math.addExact(starts[slots + 1], length);
        } catch (ArithmeticException e) {
            throw new Corruption(name, 0, "its index has an impossible length: " + e.getMessage());
        }
        return new PackFrames(starts);
    }

    /** Whether a last frame can have that many plain bytes. */
    static boolean canBeTail(int length) {
        return length >= SLOT + FOOTER && (length - FOOTER) % SLOT == 0;
    }

    /** Number of segments of a pack with such a last frame. */
    static int slots(int tail) {
        return (tail - FOOTER) / SLOT;
    }

    static ByteBuffer trailer(int tail) {
        return ByteBuffer.allocate(TRAILER).putInt(tail).put(END).flip();
    }

    /** Reads trailer and last frame of a sealed pack. */
    static PackFrames read(BlobReader raw, String name, SecretKey key, SegmentCipher cipher) {
        long end = raw.size() - TRAILER;
        ByteBuffer trailer = ExactRead.of(raw, name, Math.max(0, end), TRAILER);
        int length = trailer.getInt();
        if (!Arrays.equals(trailer.array(), 4, TRAILER, END, 0, END.length)) {
            throw new Corruption(name, end + 4, "it does not end with HOLDPEND");
        }
        long at = end - length - SegmentCipher.OVERHEAD;
        if (!canBeTail(length) || at < SealedHeader.LENGTH || length > Integer.MAX_VALUE - SegmentCipher.OVERHEAD) {
            throw new Corruption(name, end, "the trailer does not fit a pack of " + raw.size() + " bytes");
        }
        int slots = slots(length);
        ByteBuffer sealed = ExactRead.of(raw, name, at, length + SegmentCipher.OVERHEAD);
        ByteBuffer plain = ByteBuffer.allocate(length);
        if (!cipher.open(key, FrameMap.bound(slots + 1, true), sealed.array(), 0, sealed.limit(), plain)) {
            throw new Corruption(name, at, "the tag of its index is wrong");
        }
        PackFrames frames = of(name, plain.array(), length);
        if (frames.sealedStart(slots + 1) != at) {
            throw new Corruption(name, at, "its index is for another length");
        }
        return frames;
    }

    @Override
    public int count() {
        return starts.length - 1;
    }

    @Override
    public long start(int frame) {
        return starts[frame];
    }

    @Override
    public int at(long offset) {
        int found = Arrays.binarySearch(starts, (int) offset);
        return found >= 0 ? found : -found - 2;
    }
}
