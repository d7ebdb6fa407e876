package dev.holdfast.store.cipher;

import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/**
 * Writes a pack: each {@link #write} is a frame, since a pack is written by header, segments and index. Whether it was
 * written so is checked against the index before the commit, for a reader will go by that.
 */
final class PackSealer extends SealedWriter {
    private final String name;
    private byte[] held;

    PackSealer(String name, BlobWriter raw, SealedHeader header, SecretKey key, SecureRandom random) {
        super(raw, header, key, random);
        this.name = name;
    }

    @Override
    public void write(ByteBuffer bytes) {
        // held back, since only the commit tells that it was the last
        if (held != null) {
            frame(held, 0, held.length, false);
        }
        held = take(bytes);
    }

    @Override
    public void commit() {
        int length = held == null ? 0 : held.length;
        if (!PackFrames.canBeTail(length) || PackFrames.slots(length) != frames() - 1) {
            throw new IllegalStateException(name + " was not written as header, segments and index");
        }
        PackFrames map = PackFrames.of(name, held, length);
        if (map.size() != position()) {
            throw new IllegalStateException(name + " has an index for " + map.size() + " bytes, not " + position());
        }
        frame(held, 0, length, true);
        raw.write(PackFrames.trailer(length));
        raw.commit();
    }
}
