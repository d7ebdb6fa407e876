package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.snapshot.BegunPart;
import dev.holdfast.store.PartUpload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * One open upload. Offers and segments share it; a commit and the end have it alone, for a {@link PartUpload} must not
 * be closed while someone puts a block.
 */
final class UploadSession {
    private final BegunPart begun;
    private final PartUpload upload;
    private final Clock clock;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile Instant lastUsed;
    private volatile boolean ended;
    private boolean closed;

    UploadSession(BegunPart begun, PartUpload upload, Clock clock) {
        this.begun = begun;
        this.upload = upload;
        this.clock = clock;
        this.lastUsed = clock.instant();
    }

    BegunPart begun() {
        return begun;
    }

    /** Does something beside others; empty if the session has ended. */
    <T> Optional<T> share(Function<PartUpload, T> work) {
        return with(lock.readLock(), work);
    }

    /** Does something alone; empty if the session has ended. */
    <T> Optional<T> alone(Function<PartUpload, T> work) {
        return with(lock.writeLock(), work);
    }

    /**
     * Ends it: nobody begins anything with it any more. It is closed when those who use it are done; this does not wait
     * for them, for a commit may take many minutes, and each agent that asks again would take another worker.
     */
    void end() {
        ended = true;
        closeIfEnded();
    }

    /** Ends it and waits for those who use it. */
    void endAndWait() {
        ended = true;
        lock.writeLock().lock();
        try {
            close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Ends it if nobody used it for that time; false if somebody did or does. */
    boolean endIfIdle(Duration lease) {
        if (lastUsed.plus(lease).isAfter(clock.instant()) || !lock.writeLock().tryLock()) {
            return false;
        }
        try {
            ended = true;
            close();
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> Optional<T> with(Lock mode, Function<PartUpload, T> work) {
        // waiting here would let one agent take every worker
        if (!mode.tryLock()) {
            throw new Unavailable("part " + begun.part().id()
                    + " is busy with another request\nHINT: wait for the answer of that one, then try again.");
        }
        try {
            lastUsed = clock.instant();
            return ended ? Optional.empty() : Optional.of(work.apply(upload));
        } finally {
            lastUsed = clock.instant();
            mode.unlock();
            closeIfEnded();
        }
    }

    /** Whoever fails here leaves it to somebody who uses it and comes here afterwards. */
    private void closeIfEnded() {
        if (ended && lock.writeLock().tryLock()) {
            try {
                close();
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            upload.close();
        }
    }
}
