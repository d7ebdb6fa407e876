package dev.holdfast.store.format;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import java.nio.ByteBuffer;

/** Reads of stretches that a file must have. */
public final class ExactRead {
    private ExactRead() {}

    /** The {@code length} bytes from {@code position}; {@link Corruption} of {@code name} if the blob ends before. */
    public static ByteBuffer of(BlobReader blob, String name, long position, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        if (blob.read(position, buffer) < length) {
            throw new Corruption(name, position, "it is cut off: " + blob.size() + " bytes");
        }
        return buffer.flip();
    }
}
