package dev.holdfast.bench;

import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts reads. */
final class CountingBlobs implements BlobStore {
    private final BlobStore blobs;
    private final LongAdder reads = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    CountingBlobs(BlobStore blobs) {
        this.blobs = blobs;
    }

    long reads() {
        return reads.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public BlobWriter create(String name) {
        return blobs.create(name);
    }

    @Override
    public BlobReader open(String name) {
        BlobReader reader = blobs.open(name);
        return new BlobReader() {
            @Override
            public long size() {
                return reader.size();
            }

            @Override
            public int read(long position, ByteBuffer target) {
                int count = reader.read(position, target);
                reads.increment();
                bytes.add(count);
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public List<String> list(String prefix) {
        return blobs.list(prefix);
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        return blobs.survey(prefix);
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        return blobs.writtenMillis(name);
    }

    @Override
    public OptionalLong clockMillis() {
        return blobs.clockMillis();
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        return blobs.giveUpUnfinished(ageMillis);
    }

    @Override
    public boolean delete(String name) {
        return blobs.delete(name);
    }

    @Override
    public void close() {
        blobs.close();
    }
}
