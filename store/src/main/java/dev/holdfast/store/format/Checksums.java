package dev.holdfast.store.format;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The two checksums of the format. */
public final class Checksums {
    private Checksums() {}

    /** CRC-32C (Castagnoli) of {@code length} bytes from {@code offset}. */
    public static int crc32c(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** CRC-32 (that of gzip) of {@code length} bytes from {@code offset}. */
    public static int crc32(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
