package dev.holdfast.contract.segment;

/**
 * Checksum of joined bytes from the checksums of the parts: CRC(A B) from CRC(A), CRC(B) and the length of B. It is the
 * arithmetic of zlib's {@code crc32_combine}: appending n bytes multiplies a CRC by x^(8n), modulo the polynomial.
 *
 * <p>Where many parts have one length, make its {@link #operator} once and use {@link #combine(int, int, int)}.
 * Immutable and safe for several threads.
 */
public final class Crc32Combine {
    /** For {@link java.util.zip.CRC32}, the checksum of gzip. */
    public static final Crc32Combine CRC32 = new Crc32Combine(0xedb8_8320);

    /** For {@link java.util.zip.CRC32C}. */
    public static final Crc32Combine CRC32C = new Crc32Combine(0x82f6_3b78);

    // bits run the other way round: the top bit is x^0
    private static final int ONE = 0x8000_0000;

    private final int polynomial;

    /** Row k holds x^(8 b 256^k) for each byte b, so that any length costs one product for each of its bytes. */
    private final int[][] byLengthByte = new int[Long.BYTES][256];

    private Crc32Combine(int polynomial) {
        this.polynomial = polynomial;
        int step = ONE >>> 8;
        for (int[] row : byLengthByte) {
            row[0] = ONE;
            for (int b = 1; b < row.length; b++) {
                row[b] = multiply(row[b - 1], step);
            }
            step = multiply(row[255], step);
        }
    }

    /** CRC of A B, where {@code second} is that of B and {@code secondLength} its bytes. */
    public int combine(int first, int second, long secondLength) {
        return multiply(operator(secondLength), first) ^ second;
    }

    /** CRC of A B, where {@code operator} is that of the length of B. */
    public int combine(int first, int second, int operator) {
        return multiply(operator, first) ^ second;
    }

    /** What appending {@code length} bytes does to a CRC. */
    public int operator(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("negative length " + length);
        }
        int product = byLengthByte[0][(int) length & 0xff];
        long rest = length >>> 8;
        for (int k = 1; rest != 0; k++, rest >>>= 8) {
            int b = (int) rest & 0xff;
            product = b == 0 ? product : multiply(product, byLengthByte[k][b]);
        }
        return product;
    }

    /** CRC of {@code count} copies of bytes that have {@code crc} and {@code length}. */
    public int repeat(int crc, long length, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("negative count " + count);
        }
        int result = 0;
        int power = crc;
        int powerOperator = operator(length);
        for (long left = count; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                result = combine(result, power, powerOperator);
            }
            power = combine(power, power, powerOperator);
            powerOperator = multiply(powerOperator, powerOperator);
        }
        return result;
    }

    private int multiply(int a, int b) {
        int product = 0;
        int term = b;
        for (int rest = a; rest != 0; rest <<= 1) {
            // all ones where the bit is set: random bits would spoil the processor's guesses
            product ^= term & (rest >> 31);
            term = (term >>> 1) ^ (polynomial & -(term & 1));
        }
        return product;
    }
}
