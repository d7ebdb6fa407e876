package dev.holdfast.store.testing;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** A blob store that does to its callers what disks do. Faults are used up in the order in which they were given. */
public final class FaultyBlobStore implements BlobStore {
    /** A step at which a fault can strike. */
    public enum Step {
        /** A blob is about to be begun. */
        CREATE,
        /** Bytes are about to be written. */
        WRITE,
        /** A blob is about to be committed. */
        COMMIT,
        /** A blob was committed, the caller does not know it yet. */
        COMMITTED,
        /** Bytes are about to be read. */
        READ,
        /** A blob is about to be deleted. */
        DELETE
    }

    /** Strikes at the next {@code times} steps of that kind on blobs whose name begins with {@code prefix}. */
    private record Fault(Step step, String prefix, int times) {}

    private final BlobStore blobs;
    private final List<Fault> faults = new ArrayList<>();
    private final AtomicLong steps = new AtomicLong();
    private volatile long stopAt = Long.MAX_VALUE;
    private volatile Runnable stop = () -> {};
    private volatile Clock clock;

    /** Passes everything on to {@code blobs} until a fault is given. */
    public FaultyBlobStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Lets the next {@code times} steps of a kind fail with {@link Unavailable}, for names that begin with {@code prefix}. */
    public synchronized FaultyBlobStore failNext(Step step, String prefix, int times) {
        faults.add(new Fault(step, prefix, times));
        return this;
    }

    /** Takes back the faults that did not strike yet. */
    public synchronized void forgetFaults() {
        faults.clear();
    }

    /** Runs {@code action}, for example a halt of the process, at the {@code n}-th writing step from now, from 1. */
    public FaultyBlobStore stopAt(long n, Runnable action) {
        stop = action;
        stopAt = steps.get() + n;
        return this;
    }

    /** Lets the blobs be kept by someone with a clock of its own, which should be the one that dates them. */
    public FaultyBlobStore clock(Clock there) {
        clock = there;
        return this;
    }

    /** Writing steps so far: every {@link Step} but {@link Step#READ}. */
    public long steps() {
        return steps.get();
    }

    /** Turns over one bit of a blob for good. */
    public void flip(String name, long offset) {
        byte[] bytes = content(name);
        bytes[Math.toIntExact(offset)] ^= 1;
        replace(name, bytes);
    }

    /** Cuts a blob off for good. */
    public void truncate(String name, long length) {
        replace(name, Arrays.copyOf(content(name), Math.toIntExact(length)));
    }

    /** All bytes of a blob. */
    public byte[] content(String name) {
        try (BlobReader reader = blobs.open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reader.size()));
            int count = reader.read(0, bytes);
            return Arrays.copyOf(bytes.array(), count);
        }
    }

    private void replace(String name, byte[] bytes) {
        if (!blobs.delete(name)) {
            throw new IllegalStateException("no blob " + name);
        }
        blobs.put(name, bytes);
    }

    private void meet(Step step, String name) {
        if (step != Step.READ && steps.incrementAndGet() == stopAt) {
            stop.run();
        }
        synchronized (this) {
            Iterator<Fault> all = faults.iterator();
            while (all.hasNext()) {
                Fault fault = all.next();
                if (fault.step == step && name.startsWith(fault.prefix)) {
                    all.remove();
                    if (fault.times > 1) {
                        faults.add(0, new Fault(step, fault.prefix, fault.times - 1));
                    }
                    throw new Unavailable(step + " of " + name + " fails on purpose\nHINT: try again.");
                }
            }
        }
    }

    @Override
    public BlobWriter create(String name) {
        meet(Step.CREATE, name);
        return new Writer(name, blobs.create(name));
    }

    @Override
    public BlobWriter replacement(String name) {
        meet(Step.CREATE, name);
        return new Writer(name, blobs.replacement(name));
    }

    @Override
    public BlobReader open(String name) {
        return new Reader(name, blobs.open(name));
    }

    @Override
    public boolean encrypts() {
        return blobs.encrypts();
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
        Clock there = clock;
        return there == null ? blobs.clockMillis() : OptionalLong.of(there.millis());
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        return blobs.giveUpUnfinished(ageMillis);
    }

    @Override
    public boolean delete(String name) {
        meet(Step.DELETE, name);
        return blobs.delete(name);
    }

    @Override
    public void close() {
        blobs.close();
    }

    private final class Writer implements BlobWriter {
        private final String name;
        private final BlobWriter writer;

        Writer(String name, BlobWriter writer) {
            this.name = name;
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer bytes) {
            meet(Step.WRITE, name);
            writer.write(bytes);
        }

        @Override
        public long position() {
            return writer.position();
        }

        /** A fault strikes before its step, except {@link Step#COMMITTED}. */
        @Override
        public boolean resumable() {
            return true;
        }

        @Override
        public void commit() {
            meet(Step.COMMIT, name);
            writer.commit();
            meet(Step.COMMITTED, name);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private final class Reader implements BlobReader {
        private final String name;
        private final BlobReader reader;

        Reader(String name, BlobReader reader) {
            this.name = name;
            this.reader = reader;
        }

        @Override
        public long size() {
            return reader.size();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            meet(Step.READ, name);
            return reader.read(position, target);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
