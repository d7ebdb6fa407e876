package dev.holdfast.store.manifest;

/**
 * What a root says about one page.
 *
 * @param sha256 its name, 32 bytes
 * @param length its bytes
 * @param archiveOffset where its stretch begins in the archive
 * @param tarOffset where that is in the tar
 * @param firstEntry entries before those that begin in it
 */
record PageRow(byte[] sha256, int length, long archiveOffset, long tarOffset, long firstEntry) {
    /** Bytes of a row in a root. */
    static final int BYTES = Sha256.LENGTH + Integer.BYTES + 3 * Long.BYTES;

    void write(RecordSink sink) {
        sink.raw(sha256).u32(length).u64(archiveOffset).u64(tarOffset).u64(firstEntry);
    }
}
