package dev.holdfast.store.archive;

/** Deflate's stored block (RFC 1951, 3.2.4), never final: how bytes that are not worth compressing join an archive. */
final class StoredBlock {
    /** Bytes before the content. */
    static final int OVERHEAD = 5;

    /** Most bytes of content. */
    static final int MAX = 0xffff;

    private StoredBlock() {}

    /** Writes what comes before {@code length} bytes of content. */
    static void begin(byte[] target, int offset, int length) {
        if (length < 0 || length > MAX) {
            throw new IllegalArgumentException("a stored block has at most " + MAX + " bytes, not " + length);
        }
        target[offset] = 0;
        target[offset + 1] = (byte) length;
        target[offset + 2] = (byte) (length >> 8);
        target[offset + 3] = (byte) ~length;
        target[offset + 4] = (byte) (~length >> 8);
    }
}
