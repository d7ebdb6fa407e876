package dev.holdfast.store.manifest;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import java.nio.ByteBuffer;

/** Reads a blob into memory. */
final class WholeBlob {
    private WholeBlob() {}

    /** All bytes of a blob of at most {@code most}; a blob that is longer cannot be one of ours. */
    static byte[] read(BlobStore blobs, String name, int most) {
        try (BlobReader reader = blobs.open(name)) {
            if (reader.size() > most) {
                throw new Corruption(name, 0, "it has " + reader.size() + " bytes, more than " + most);
            }
            byte[] bytes = new byte[(int) reader.size()];
            int read = reader.read(0, ByteBuffer.wrap(bytes));
            if (read < bytes.length) {
                throw new Corruption(name, read, "it ends there, not at " + bytes.length);
            }
            return bytes;
        }
    }
}
