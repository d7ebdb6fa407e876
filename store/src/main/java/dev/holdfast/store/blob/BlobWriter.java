package dev.holdfast.store.blob;

import java.nio.ByteBuffer;

/** A blob being written, by one thread at a time. Closing it without a commit leaves nothing. */
public interface BlobWriter extends AutoCloseable {
    /** Appends all of {@code bytes}. */
    void write(ByteBuffer bytes);

    /** Bytes written so far. */
    long position();

    /** Makes the blob durable and visible, or throws {@link BlobExists}. */
    void commit();

    /**
     * Whether a step that failed with {@link dev.holdfast.contract.trouble.Unavailable} may be made again: {@link #write}
     * with what remains in its buffer, {@link #commit} as it is. Others are given up by their first failure.
     */
    default boolean resumable() {
        return false;
    }

    /** Gives up unless committed; does nothing the second time. */
    @Override
    void close();
}
