package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import java.nio.ByteBuffer;
import javax.crypto.SecretKey;

/**
 * Reads the plain file inside of a sealed one. Frames that are wanted whole go through one read of the disk and straight
 * into the caller's buffer, each after its tag was checked; this is the path of downloads, and any number of threads may
 * be on it. Knows nothing of segments: that a reader of archives asks for whole ones is what makes it fast.
 */
final class SealedReader implements BlobReader {
    /** Sealed bytes read at once, unless a single frame is longer. */
    private static final int MOST_AT_ONCE = 512 << 10;

    private final BlobReader raw;
    private final String name;
    private final SecretKey key;
    private final FrameMap frames;
    private final CipherPool ciphers;

    SealedReader(BlobReader raw, String name, SecretKey key, FrameMap frames, CipherPool ciphers) {
        this.raw = raw;
        this.name = name;
        this.key = key;
        this.frames = frames;
        this.ciphers = ciphers;
    }

    @Override
    public long size() {
        return frames.size();
    }

    @Override
    public int read(long position, ByteBuffer target) {
        int start = target.position();
        long at = position;
        SegmentCipher cipher = ciphers.take();
        try {
            while (at < frames.size() && target.hasRemaining()) {
                int frame = frames.at(at);
                int skip = (int) (at - frames.start(frame));
                if (skip > 0 || frames.length(frame) > target.remaining()) {
                    at += part(frame, skip, target, cipher);
                } else {
                    at += whole(frame, target, cipher);
                }
            }
        } finally {
            ciphers.give(cipher);
        }
        return target.position() - start;
    }

    @Override
    public long pieceEnd(long position) {
        return frames.start(frames.at(position) + 1);
    }

    private int whole(int first, ByteBuffer target, SegmentCipher cipher) {
        int end = first + 1;
        int plain = frames.length(first);
        while (end < frames.count()
                && frames.length(end) <= target.remaining() - plain
                && frames.sealedStart(end + 1) - frames.sealedStart(first) <= MOST_AT_ONCE) {
            plain += frames.length(end);
            end++;
        }
        byte[] sealed = load(first, end, cipher);
        int at = 0;
        for (int frame = first; frame < end; frame++) {
            open(frame, sealed, at, target, cipher);
            at += frames.length(frame) + SegmentCipher.OVERHEAD;
        }
        return plain;
    }

    private int part(int frame, int skip, ByteBuffer target, SegmentCipher cipher) {
        byte[] sealed = load(frame, frame + 1, cipher);
        ByteBuffer plain = ByteBuffer.wrap(cipher.plainRoom(frames.length(frame)));
        open(frame, sealed, 0, plain, cipher);
        int count = Math.min(target.remaining(), frames.length(frame) - skip);
        target.put(plain.array(), skip, count);
        return count;
    }

    private byte[] load(int first, int end, SegmentCipher cipher) {
        int length = (int) (frames.sealedStart(end) - frames.sealedStart(first));
        byte[] sealed = cipher.sealedRoom(length);
        if (raw.read(frames.sealedStart(first), ByteBuffer.wrap(sealed, 0, length)) < length) {
            throw new Corruption(name, frames.sealedStart(first), "it is cut off: " + raw.size() + " bytes");
        }
        return sealed;
    }

    private void open(int frame, byte[] sealed, int at, ByteBuffer target, SegmentCipher cipher) {
        byte[] bound = FrameMap.bound(frame, frame == frames.count() - 1);
        int length = frames.length(frame) + SegmentCipher.OVERHEAD;
        if (!cipher.open(key, bound, sealed, at, length, target)) {
            throw new Corruption(name, frames.sealedStart(frame), "the tag of frame " + frame + " is wrong");
        }
    }

    @Override
    public void close() {
        raw.close();
    }
}
