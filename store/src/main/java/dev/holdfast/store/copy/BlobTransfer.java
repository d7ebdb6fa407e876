package dev.holdfast.store.copy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.format.Checksums;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Copies single files byte for byte and reads each back. For one thread. */
public final class BlobTransfer {
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

    /**
     * Copies a blob whose bytes the caller has found good.
     *
     * @param writer begun at {@code to} for {@code name}; is committed
     * @return bytes copied
     * @throws Corruption if what is read back from {@code to} is not what was read; it is deleted there
     */
    public long copy(BlobStore from, String name, BlobStore to, BlobWriter writer) {
        byte[] sent;
        long length;
        try (BlobReader blob = from.open(name);
                writer) {
            length = blob.size();
            MessageDigest sha256 = Checksums.sha256();
            for (long at = 0; at < length; ) {
                long end = blob.pieceEnd(at);
                int count = blob.read(at, end == Long.MAX_VALUE ? buffer.clear() : roomFor(Math.toIntExact(end - at)));
                if (count <= 0) {
                    throw new Corruption(name, at, "it ends there, not at " + length);
                }
                sha256.update(buffer.flip());
                buffer.rewind();
                writer.write(buffer);
                at += count;
            }
            sent = sha256.digest();
            writer.commit();
        }
        if (!Arrays.equals(sent, sha256(to, name))) {
            var unused = to.delete(name);
            throw new Corruption(name, 0, "what " + to + " gives back is not what was written there");
        }
        return length;
    }

    /** Room for a piece, which must be written at once; pieces are larger than the buffer in few blobs. */
    private ByteBuffer roomFor(int piece) {
        if (piece > buffer.capacity()) {
            buffer = ByteBuffer.allocateDirect(piece);
        }
        return buffer.clear().limit(piece);
    }

    /** SHA-256 of a blob. */
    public byte[] sha256(BlobStore blobs, String name) {
        try (BlobReader blob = blobs.open(name)) {
            MessageDigest sha256 = Checksums.sha256();
            long at = 0;
            for (int n = blob.read(0, buffer.clear()); n > 0; n = blob.read(at, buffer.clear())) {
                sha256.update(buffer.flip());
                at += n;
            }
            return sha256.digest();
        }
    }
}
