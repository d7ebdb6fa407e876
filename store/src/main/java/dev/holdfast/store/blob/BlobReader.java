package dev.holdfast.store.blob;

import java.nio.ByteBuffer;

/** An open blob. Reads name their position, so several threads may read at once. */
public interface BlobReader extends AutoCloseable {
    /** Bytes of the blob. */
    long size();

    /**
     * Fills {@code target} from {@code position}; fewer bytes only at the end of the blob.
     *
     * @return bytes read, 0 at or after the end
     */
    int read(long position, ByteBuffer target);

    /**
     * Where the piece ends that holds {@code position} and should be written with one {@link BlobWriter#write}, when the
     * blob is copied. Blobs that have no such pieces answer {@link Long#MAX_VALUE}.
     */
    default long pieceEnd(long position) {
        return Long.MAX_VALUE;
    }

    @Override
    void close();
}
