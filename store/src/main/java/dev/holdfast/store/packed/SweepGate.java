package dev.holdfast.store.packed;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.pack.BlockLocation;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps the uploads of a project and a sweep apart, in this process.
 *
 * <ul>
 *   <li>To find a block and to pin its pack is one step for a sweep, so a pack that an upload was told of is pinned
 *       before anyone can decide that it must go. Both sides hold this for a moment only.
 *   <li>A commit may rely on a page that is there already, and nothing pins pages; so pages are deleted only while there
 *       is no commit. A commit may last long, so it is never waited for.
 * </ul>
 */
final class SweepGate {
    private final ReentrantReadWriteLock looking = new ReentrantReadWriteLock();
    private final ReentrantReadWriteLock committing = new ReentrantReadWriteLock();
    private final AtomicLong commits = new AtomicLong();

    /** Parts that this process committed and did not forget since. */
    private final Set<PartId> committed = ConcurrentHashMap.newKeySet();

    /** Something that is done to commit. */
    interface CommitWork<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Finds blocks and pins them, in one step. */
    BlockLocation[] look(List<BlockId> blocks, Supplier<BlockLocation[]> findAndPin) {
        if (blocks.isEmpty()) {
            return new BlockLocation[0];
        }
        looking.readLock().lock();
        try {
            return findAndPin.get();
        } finally {
            looking.readLock().unlock();
        }
    }

    /** Commits a part; must be called before its pins are let go. */
    <T> T commit(PartId part, CommitWork<T> work) throws IOException {
        committing.readLock().lock();
        try {
            // before it is there: one that fails is looked for in vain, which does no harm
            committed.add(part);
            return work.run();
        } finally {
            // also after a failure: the root may be there although nobody heard of it
            commits.incrementAndGet();
            committing.readLock().unlock();
        }
    }

    /** Commits so far. While this stays the same and no pin was let go, this process has made no root. */
    long commits() {
        return commits.get();
    }

    /** A part is about to be forgotten. */
    void forgotten(PartId part) {
        committed.remove(part);
    }

    /** Parts that must be looked for although a listing that lags behind may not name them. */
    Set<PartId> committed() {
        return Set.copyOf(committed);
    }

    /** Decides about packs while nobody looks for blocks. */
    <T> T decide(Supplier<T> decision) {
        looking.writeLock().lock();
        try {
            return decision.get();
        } finally {
            looking.writeLock().unlock();
        }
    }

    /** Does something while nothing commits; false, and nothing was done, if something does. */
    boolean withoutCommits(Runnable work) {
        if (!committing.writeLock().tryLock()) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            committing.writeLock().unlock();
        }
    }
}
