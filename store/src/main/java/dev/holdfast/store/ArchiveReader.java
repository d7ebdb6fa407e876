package dev.holdfast.store;

import java.nio.ByteBuffer;

/** Reads a range of an archive once, from its start to its end. Blocks on the disk; for one thread at a time. */
public interface ArchiveReader extends AutoCloseable {
    /**
     * Fills {@code target} (best a direct buffer of 256 KiB or more) as far as it goes without waiting for more than
     * it needs. Every byte that is put there has been checked against the checksum it was stored with.
     *
     * @return bytes put, at least 1; -1 at the end of the range
     * @throws dev.holdfast.contract.trouble.Corruption if the bytes on the disk are not what was written; nothing of
     *     the damaged segment has been put
     */
    int read(ByteBuffer target);

    @Override
    void close();
}
