package dev.holdfast.server.delivery;

import dev.holdfast.server.delivery.ByteRanges.Range;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Reads ranges of an archive on worker threads, as far ahead as it has empty slabs. Holds no thread while it has none,
 * so slow clients cost memory only. Any thread may call it; the reading itself is done by one thread at a time.
 */
final class ReadAhead {
    private static final int STEPS = 16;

    private final Archive archive;
    private final Executor workers;
    private final Slabs slabs;
    private final Consumer<ByteBuffer> full;
    private final Consumer<Throwable> failed;
    private final Queue<ByteBuffer> empty = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile Range next;
    private volatile long allowed;
    private volatile boolean closed;

    // touched by whoever holds the wakes
    private ArchiveReader reader;
    private long position;
    private long end;

    /**
     * Prepares to read.
     *
     * @param full gets each slab, filled, in order, on a worker thread
     * @param failed gets the one exception that ends the reading
     */
    ReadAhead(Archive archive, Executor workers, Slabs slabs, Consumer<ByteBuffer> full, Consumer<Throwable> failed) {
        this.archive = archive;
        this.workers = workers;
        this.slabs = slabs;
        this.full = full;
        this.failed = failed;
    }

    /** Begins a range, the one before having been read to its end; goes as far as {@code to} for now. */
    void begin(Range range, long to) {
        allowed = to;
        next = range;
        wake();
    }

    /** Lets it go on to {@code to}. */
    void allow(long to) {
        allowed = to;
        wake();
    }

    /** Gives it a slab to fill. */
    void give(ByteBuffer slab) {
        empty.add(slab);
        wake();
    }

    /** Ends it; slabs it holds go back where they came from. */
    void close() {
        closed = true;
        wake();
    }

    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            workers.execute(this::work);
        } catch (RejectedExecutionException e) {
            // the process is shutting down: nothing more is read, but the reader must be closed
            closed = true;
            work();
        }
    }

    private void work() {
        int seen = wakes.get();
        int steps = 0;
        try {
            while (step()) {
                if (++steps == STEPS && !closed) {
                    submit(); // others wait for this thread too
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            boolean first = !closed;
            closed = true;
            release();
            if (first) {
                failed.accept(e);
            }
        }
        if (wakes.addAndGet(-seen) != 0) {
            submit();
        }
    }

    private boolean step() {
        if (closed) {
            release();
            return false;
        }
        if (next != null) {
            Range range = next;
            next = null;
            closeReader();
            reader = archive.read(range.from(), range.to());
            position = range.from();
            end = range.to();
        }
        long left = Math.min(end, allowed) - position;
        ByteBuffer slab = left <= 0 || reader == null ? null : empty.poll();
        if (slab == null) {
            return false;
        }
        try {
            slab.clear().limit((int) Math.min(slab.capacity(), left));
            while (slab.hasRemaining()) {
                if (reader.read(slab) < 0) {
                    throw new IllegalStateException("the archive ends " + left + " bytes too early");
                }
            }
        } catch (RuntimeException | Error e) {
            slabs.give(slab);
            throw e;
        }
        position += slab.flip().remaining();
        full.accept(slab);
        return true;
    }

    private void release() {
        closeReader();
        for (ByteBuffer slab = empty.poll(); slab != null; slab = empty.poll()) {
            slabs.give(slab);
        }
    }

    private void closeReader() {
        if (reader != null) {
            ArchiveReader open = reader;
            reader = null;
            open.close();
        }
    }
}
