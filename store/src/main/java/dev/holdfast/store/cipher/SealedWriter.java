package dev.holdfast.store.cipher;

import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/** Seals what is written, frame by frame. Subclasses say where frames end. */
abstract class SealedWriter implements BlobWriter {
    final BlobWriter raw;
    private final SecretKey key;
    private final SecureRandom random;
    private final SegmentCipher cipher = new SegmentCipher();
    private int frames;
    private long position;

    SealedWriter(BlobWriter raw, SealedHeader header, SecretKey key, SecureRandom random) {
        this.raw = raw;
        this.key = key;
        this.random = random;
        raw.write(ByteBuffer.wrap(header.bytes()));
    }

    /** Seals the next frame. */
    final void frame(byte[] bytes, int offset, int length, boolean last) {
        int sealedLength = length + SegmentCipher.OVERHEAD;
        byte[] sealed = cipher.sealedRoom(sealedLength);
        cipher.seal(key, FrameMap.bound(frames, last), random, bytes, offset, length, sealed, 0);
        raw.write(ByteBuffer.wrap(sealed, 0, sealedLength));
        frames++;
    }

    /** Frames so far. */
    final int frames() {
        return frames;
    }

    /** Takes what remains in {@code bytes} out of it. */
    final byte[] take(ByteBuffer bytes) {
        byte[] taken = new byte[bytes.remaining()];
        bytes.get(taken);
        position += taken.length;
        return taken;
    }

    @Override
    public final long position() {
        return position;
    }

    @Override
    public final void close() {
        raw.close();
    }
}
