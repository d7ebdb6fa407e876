package dev.holdfast.store.archive;

import java.util.Arrays;

/** Fields of a tar header. */
final class TarField {
    private TarField() {}

    /** Whether {@code value} can be written in octal into a field of {@code length} bytes that ends with a NUL. */
    static boolean fitsOctal(long value, int length) {
        return value >= 0 && value < 1L << 3 * (length - 1);
    }

    /** Writes octal digits and a NUL, or where they do not fit two's complement with the top bit set (base-256). */
    static void number(byte[] header, int offset, int length, long value) {
        if (fitsOctal(value, length)) {
            octal(header, offset, length - 1, value);
            header[offset + length - 1] = 0;
            return;
        }
        long rest = value;
        for (int i = offset + length - 1; i > offset; i--) {
            header[i] = (byte) rest;
            rest >>= 8;
        }
        header[offset] = (byte) (value < 0 ? 0xff : 0x80);
    }

    /** Writes exactly {@code digits} octal digits. */
    static void octal(byte[] header, int offset, int digits, long value) {
        long rest = value;
        for (int i = offset + digits - 1; i >= offset; i--) {
            header[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    /** Copies as much of {@code from..to} of {@code bytes} as a field of {@code length} bytes holds. */
    static void bytes(byte[] header, int offset, int length, byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, header, offset, Math.min(length, to - from));
    }

    /** The bytes up to the first NUL, where every reader would stop. */
    static byte[] beforeNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return Arrays.copyOf(bytes, i);
            }
        }
        return bytes;
    }
}
