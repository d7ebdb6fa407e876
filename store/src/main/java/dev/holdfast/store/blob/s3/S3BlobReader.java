package dev.holdfast.store.blob.s3;

import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.NoSuchBlob;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;

/**
 * Reads ranges of one object, pinned by its ETag: when the object was deleted, or written anew, reads fail. Its first
 * bytes came with the answer that opened it, so small blobs cost one request.
 */
final class S3BlobReader implements BlobReader {
    private final String name;
    private final S3Objects objects;
    private final S3Objects.Opened opened;
    private final BiFunction<NoSuchBlob, String, RuntimeException> missing;

    /** @param missing what to throw when the object is not there any more */
    S3BlobReader(
            String name,
            S3Objects objects,
            S3Objects.Opened opened,
            BiFunction<NoSuchBlob, String, RuntimeException> missing) {
        this.name = name;
        this.objects = objects;
        this.opened = opened;
        this.missing = missing;
    }

    @Override
    public long size() {
        return opened.size();
    }

    @Override
    public int read(long position, ByteBuffer target) {
        int wanted = (int) Math.min(target.remaining(), Math.max(0, size() - position));
        if (wanted == 0) {
            return 0;
        }
        byte[] head = opened.head();
        if (position + wanted <= head.length) {
            target.put(head, (int) position, wanted);
            return wanted;
        }
        try {
            objects.read(name, opened.etag(), position, wanted, target);
        } catch (NoSuchBlob e) {
            throw missing.apply(e, name);
        }
        return wanted;
    }

    @Override
    public void close() {
        // nothing is held between reads
    }
}
