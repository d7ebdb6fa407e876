package dev.holdfast.store.archive;

/** The end of an archive: the tar's zero records, deflate's empty final block, gzip's trailer. */
public final class ArchiveTail {
    /** Bytes of gzip's trailer: CRC-32 and length. */
    static final int TRAILER = 8;

    private static final int BLOCKING = 10_240;
    private static final int FINAL_BLOCK = 2;

    private ArchiveTail() {}

    /** Zero bytes after {@code contentBytes} of tar: two records, and up to the next multiple of 10,240. */
    public static int zeros(long contentBytes) {
        int zeros = 2 * TarHeaders.RECORD;
        return zeros + (int) ((BLOCKING - (contentBytes + zeros) % BLOCKING) % BLOCKING);
    }

    /** Bytes of the archive from the tail on, trailer included, for so many zero bytes. */
    public static int length(int zeros) {
        return StoredBlock.OVERHEAD + zeros + FINAL_BLOCK + TRAILER;
    }

    /** The inverse of {@link #length}. */
    static int zerosOf(long tailLength) {
        return (int) (tailLength - length(0));
    }

    /** The tail without the trailer. */
    static byte[] bytes(int zeros) {
        byte[] bytes = new byte[length(zeros) - TRAILER];
        StoredBlock.begin(bytes, 0, zeros);
        bytes[bytes.length - FINAL_BLOCK] = 3;
        return bytes;
    }

    /** The trailer (RFC 1952): both numbers little-endian, the length modulo 2^32. */
    static byte[] trailer(int crc32, long tarBytes) {
        byte[] trailer = new byte[TRAILER];
        for (int i = 0; i < Integer.BYTES; i++) {
            trailer[i] = (byte) (crc32 >>> 8 * i);
            trailer[Integer.BYTES + i] = (byte) (tarBytes >>> 8 * i);
        }
        return trailer;
    }
}
