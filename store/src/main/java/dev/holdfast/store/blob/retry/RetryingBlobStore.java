package dev.holdfast.store.blob.retry;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes steps again that failed with {@link Unavailable}, after a wait that grows and is drawn by lot. The last failure
 * reaches the caller. Steps of a writer are made again if it is {@link BlobWriter#resumable}.
 *
 * <p>A deletion whose answer was lost and that is made again may be told that there was nothing to delete.
 */
public final class RetryingBlobStore implements BlobStore {
    private final BlobStore blobs;
    private final RetryPolicy policy;
    private final Predicate<Unavailable> mayPass;
    private final Pause pause;
    private final RandomGenerator random;

    /** Lets time pass. */
    public interface Pause {
        /** Returns after {@code time}. */
        void take(Duration time) throws InterruptedException;
    }

    /**
     * Wraps {@code blobs}, and closes it when it is closed.
     *
     * @param mayPass whether another try makes sense; a wrong password does not become right
     * @param pause {@code time -> Thread.sleep(time.toMillis())} except in tests
     * @param random draws the waits; safe for several threads
     */
    public RetryingBlobStore(
            BlobStore blobs, RetryPolicy policy, Predicate<Unavailable> mayPass, Pause pause, RandomGenerator random) {
        this.blobs = blobs;
        this.policy = policy;
        this.mayPass = mayPass;
        this.pause = pause;
        this.random = random;
    }

    @Override
    public BlobWriter create(String name) {
        BlobWriter writer = again(() -> blobs.create(name));
        return writer.resumable() ? new Writer(writer) : writer;
    }

    @Override
    public BlobWriter replacement(String name) {
        BlobWriter writer = again(() -> blobs.replacement(name));
        return writer.resumable() ? new Writer(writer) : writer;
    }

    @Override
    public BlobReader open(String name) {
        return new Reader(again(() -> blobs.open(name)));
    }

    @Override
    public List<String> list(String prefix) {
        return again(() -> blobs.list(prefix));
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        return again(() -> blobs.survey(prefix));
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        return again(() -> blobs.writtenMillis(name));
    }

    @Override
    public OptionalLong clockMillis() {
        return again(() -> blobs.clockMillis());
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        return again(() -> blobs.giveUpUnfinished(ageMillis));
    }

    @Override
    public boolean encrypts() {
        return blobs.encrypts();
    }

    @Override
    public boolean delete(String name) {
        return again(() -> blobs.delete(name));
    }

    @Override
    public void close() {
        blobs.close();
    }

    private <T> T again(Supplier<T> step) {
        int failed = 0;
        while (true) {
            try {
                return step.get();
            } catch (Unavailable e) {
                failed++;
                if (failed >= policy.tries() || !mayPass.test(e)) {
                    throw e;
                }
                rest(failed, e);
            }
        }
    }

    private void rest(int failed, Unavailable trouble) {
        try {
            pause.take(policy.pause(failed, random));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble; // whoever interrupts does not want to wait
        }
    }

    private final class Writer implements BlobWriter {
        private final BlobWriter writer;

        Writer(BlobWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer bytes) {
            again(() -> {
                writer.write(bytes);
                return true;
            });
        }

        @Override
        public long position() {
            return writer.position();
        }

        @Override
        public void commit() {
            again(() -> {
                writer.commit();
                return true;
            });
        }

        @Override
        public boolean resumable() {
            return true;
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private final class Reader implements BlobReader {
        private final BlobReader reader;

        Reader(BlobReader reader) {
            this.reader = reader;
        }

        @Override
        public long size() {
            return reader.size();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            return again(() -> reader.read(position, target));
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
