package dev.holdfast.contract.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bits into bytes, lowest bit first (RFC 1951 section 3.1.1). Writes 8 bytes at a time into a buffer of its own with
 * room to spare, so that the hot loops need no bounds of their own.
 */
final class BitWriter {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SPARE = 16;

    // the token loop keeps these in locals while it runs; at rest fewer than 8 bits are pending
    byte[] bytes = new byte[0];
    int position;
    long pending;
    int pendingBits;

    /** Empties the buffer and makes room for {@code length} bytes. */
    void begin(int length) {
        if (bytes.length < length + SPARE) {
            bytes = new byte[length + SPARE];
        }
        position = 0;
        pending = 0;
        pendingBits = 0;
    }

    /** Writes the low {@code count} bits of {@code value}, of which no higher bit may be set; at most 32. */
    void put(int value, int count) {
        pending |= (value & 0xffff_ffffL) << pendingBits;
        pendingBits += count;
        LONG.set(bytes, position, pending);
        position += pendingBits >>> 3;
        pending >>>= pendingBits & ~7;
        pendingBits &= 7;
    }

    /** Bits written so far. */
    long bits() {
        return position * 8L + pendingBits;
    }

    /** Whether the next bit begins a byte. */
    boolean isAligned() {
        return pendingBits == 0;
    }

    /** Fills up the byte with zeros. */
    void align() {
        if (pendingBits > 0) {
            put(0, 8 - pendingBits);
        }
    }

    /** Copies bytes; only on a byte boundary. */
    void putBytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    /** What was written, for tests; only on a byte boundary. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, position);
    }
}
