package dev.holdfast.store.tar;

/** Numbers and texts of a tar header. */
final class TarNumbers {
    private TarNumbers() {}

    /** Octal digits between blanks and NULs, or base-256 when the top bit of the first byte is set. */
    static long number(byte[] header, int offset, int length, String what) throws BadTar {
        return (header[offset] & 0x80) != 0
                ? binary(header, offset, length, what)
                : octal(header, offset, length, what);
    }

    private static long octal(byte[] header, int offset, int length, String what) throws BadTar {
        long value = 0;
        boolean digits = false;
        boolean ended = false;
        for (int i = offset; i < offset + length; i++) {
            int c = header[i];
            if (c == ' ' || c == 0) {
                ended |= digits;
            } else if (c >= '0' && c <= '7' && !ended && value < 1L << 60) {
                value = value << 3 | c - '0';
                digits = true;
            } else {
                throw new BadTar(what + " of a header is no number");
            }
        }
        return value;
    }

    private static long binary(byte[] header, int offset, int length, String what) throws BadTar {
        boolean negative = (header[offset] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = offset; i < offset + length; i++) {
            int bits = i == offset ? (negative ? header[i] & 0xff | 0x80 : header[i] & 0x7f) : header[i] & 0xff;
            long next = value << 8 | bits;
            if (next >> 8 != value) {
                throw new BadTar(what + " of a header does not fit in 64 bits");
            }
            value = next;
        }
        return value;
    }

    /** The bytes of a field up to its first NUL. */
    static byte[] text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return java.util.Arrays.copyOfRange(header, offset, end);
    }
}
