package dev.holdfast.store.cipher;

import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/** Writes frames of one length; the last one has what is left, and is nothing only when there is nothing at all. */
final class EvenWriter extends SealedWriter {
    private final byte[] frame;
    private int filled;

    EvenWriter(BlobWriter raw, SealedHeader header, SecretKey key, SecureRandom random) {
        super(raw, header, key, random);
        this.frame = new byte[header.frame()];
    }

    @Override
    public void write(ByteBuffer bytes) {
        byte[] all = take(bytes);
        int at = 0;
        while (at < all.length) {
            if (filled == frame.length) {
                frame(frame, 0, filled, false);
                filled = 0;
            }
            int count = Math.min(frame.length - filled, all.length - at);
            System.arraycopy(all, at, frame, filled, count);
            filled += count;
            at += count;
        }
    }

    @Override
    public void commit() {
        frame(frame, 0, filled, true);
        raw.commit();
    }
}
