package dev.holdfast.store.faults;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** A disk that writes half of what it is given, a bucket that is busy, and one whose listing lags behind. */
final class TroubledBlobStore implements BlobStore {
    private final BlobStore blobs;
    private int shortWriteAt = -1;
    private int oneIn;
    private Random random;
    private int lateOneIn;
    private Set<String> unlisted = new HashSet<>();
    private boolean lags;
    private int writes;
    private int failures;

    TroubledBlobStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** The {@code n}-th write, from 1, and each after it, writes half and fails. */
    TroubledBlobStore shortWriteAt(int n) {
        shortWriteAt = n;
        return this;
    }

    /** One in {@code n} calls fails before it does anything. */
    TroubledBlobStore storm(Random chance, int n) {
        random = chance;
        oneIn = n;
        return this;
    }

    /** These are there and can be opened, and are not listed yet. */
    TroubledBlobStore hide(Set<String> names) {
        unlisted = names;
        return this;
    }

    /** One in {@code n} answers to what was done comes too late to be heard. */
    TroubledBlobStore slow(Random chance, int n) {
        random = chance;
        lateOneIn = n;
        return this;
    }

    /** From now on what is committed is not listed. */
    TroubledBlobStore lag() {
        lags = true;
        return this;
    }

    int failures() {
        return failures;
    }

    private synchronized void meet() {
        if (oneIn > 0 && random.nextInt(oneIn) == 0) {
            failures++;
            throw new Unavailable("503 Slow Down\nHINT: try again.");
        }
    }

    private synchronized void meetLate() {
        if (lateOneIn > 0 && random.nextInt(lateOneIn) == 0) {
            failures++;
            throw new Unavailable("no answer in time\nHINT: try again.");
        }
    }

    @Override
    public BlobWriter create(String name) {
        meet();
        return new Writer(name, blobs.create(name));
    }

    @Override
    public BlobReader open(String name) {
        meet();
        return blobs.open(name);
    }

    @Override
    public List<String> list(String prefix) {
        meet();
        return blobs.list(prefix).stream()
                .filter(name -> !unlisted.contains(name))
                .toList();
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        meet();
        return blobs.survey(prefix).stream()
                .filter(blob -> !unlisted.contains(blob.name()))
                .toList();
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        meet();
        return blobs.writtenMillis(name);
    }

    @Override
    public OptionalLong clockMillis() {
        meet();
        return blobs.clockMillis();
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        meet();
        return blobs.giveUpUnfinished(ageMillis);
    }

    @Override
    public boolean delete(String name) {
        meet();
        boolean deleted = blobs.delete(name);
        unlisted.remove(name);
        meetLate();
        return deleted;
    }

    @Override
    public void close() {
        blobs.close();
    }

    private final class Writer implements BlobWriter {
        private final String name;
        private final BlobWriter writer;
        private boolean committed;

        Writer(String name, BlobWriter writer) {
            this.name = name;
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer bytes) {
            meet();
            writes++;
            if (shortWriteAt > 0 && writes >= shortWriteAt) {
                ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
                writer.write(half);
                failures++;
                throw new Unavailable("No space left on device, on purpose\nHINT: make room.");
            }
            writer.write(bytes);
        }

        @Override
        public long position() {
            return writer.position();
        }

        @Override
        public boolean resumable() {
            return oneIn > 0 || lateOneIn > 0;
        }

        @Override
        public void commit() {
            meet();
            if (!committed) {
                writer.commit();
                committed = true; // as a bucket's writer knows its own object when it looks again
                if (lags) {
                    unlisted.add(name);
                }
                meetLate();
            }
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
