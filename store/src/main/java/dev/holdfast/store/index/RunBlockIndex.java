package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.Packs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a project as sorted files. One process at a time may have it open for a project, for it removes what it
 * has merged.
 */
public final class RunBlockIndex implements BlockIndex {
    private static final Logger LOG = LoggerFactory.getLogger(RunBlockIndex.class);

    private final BlobStore blobs;
    private final Packs packs;
    private final String storeId;
    private final GroupId project;
    private final RandomGenerator random;
    private final RunTiers tiers;

    /** Guards {@link #runs}, {@link #young} and {@link #closed}; held shared while runs are read, so that none is closed meanwhile. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final List<Run> runs = new ArrayList<>();
    private final YoungPacks young = new YoungPacks();
    private boolean closed;

    /** Packs that are about to go: not found, not added, although runs may name them. Changed under the write lock. */
    private volatile Set<PackId> condemned = Set.of();

    RunBlockIndex(
            BlobStore blobs, Packs packs, String storeId, GroupId project, RandomGenerator random, RunTiers tiers) {
        this.blobs = blobs;
        this.packs = packs;
        this.storeId = storeId;
        this.project = project;
        this.random = random;
        this.tiers = tiers;
    }

    /** Opens the index of a project, and makes it agree with the packs that are there. */
    public static RunBlockIndex open(
            BlobStore blobs, Packs packs, String storeId, GroupId project, RandomGenerator random) {
        return open(blobs, packs, storeId, project, random, RunTiers.DEFAULT);
    }

    static RunBlockIndex open(
            BlobStore blobs, Packs packs, String storeId, GroupId project, RandomGenerator random, RunTiers tiers) {
        RunBlockIndex index = new RunBlockIndex(blobs, packs, storeId, project, random, tiers);
        RunRecovery.Recovered recovered = RunRecovery.recover(blobs, storeId, project);
        index.runs.addAll(recovered.runs());
        try {
            recovered.uncovered().forEach(index::addAgain);
            return index;
        } catch (RuntimeException e) {
            index.closeRuns();
            throw e;
        }
    }

    /** Throws away all runs of a project; the next opening makes them again from the packs. */
    public static void discard(BlobStore blobs, GroupId project) {
        blobs.list(RunNames.prefix(project)).forEach(blobs::delete);
    }

    @Override
    public BlockLocation[] lookup(List<BlockId> blocks) {
        Integer[] order = new Integer[blocks.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> blocks.get(a).compareTo(blocks.get(b)));
        BlockId[] sorted = new BlockId[order.length];
        Arrays.setAll(sorted, i -> blocks.get(order[i]));
        BlockLocation[] found = new BlockLocation[order.length];
        if (NeighbourLookup.pays(order.length, pages())) {
            BlockId[] probes = NeighbourLookup.probes(blocks);
            BlockLocation[] hits = new BlockLocation[probes.length];
            findAndHeal(probes, hits);
            NeighbourLookup.fill(sorted, found, hits, packs, project, condemned);
        }
        findAndHeal(sorted, found);
        BlockLocation[] locations = new BlockLocation[order.length];
        for (int i = 0; i < order.length; i++) {
            locations[order[i]] = found[i];
        }
        return locations;
    }

    private void findAndHeal(BlockId[] sorted, BlockLocation[] found) {
        Run damaged = find(sorted, found);
        while (damaged != null) {
            heal(damaged);
            damaged = find(sorted, found);
        }
    }

    /** Pages of all runs. */
    private long pages() {
        lock.readLock().lock();
        try {
            return runs.stream()
                    .mapToLong(run -> RunFormat.pages(run.entries()))
                    .sum();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Answers a run that turned out to be damaged; what was found before that is right. */
    private Run find(BlockId[] sorted, BlockLocation[] found) {
        lock.readLock().lock();
        try {
            requireOpen(); // an index without runs would call every block missing
            int unknown = 0;
            for (int i = 0; i < sorted.length; i++) {
                found[i] = found[i] == null ? young.find(sorted[i]) : found[i];
                unknown += found[i] == null ? 1 : 0;
            }
            for (Run run : unknown == 0 ? List.<Run>of() : runs) {
                try {
                    run.lookup(sorted, found, condemned);
                } catch (Corruption e) {
                    LOG.warn("an index run is damaged and will be made again from its packs: {}", e.getMessage());
                    return run;
                }
            }
            return null;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void add(PackId pack, PackIndex blocks) {
        boolean full;
        lock.writeLock().lock();
        try {
            requireOpen();
            young.add(pack, blocks);
            full = young.entries() >= tiers.youngEntries();
        } finally {
            lock.writeLock().unlock();
        }
        if (full) {
            flush();
        }
    }

    /** Blocks in the heap. */
    int youngEntries() {
        lock.readLock().lock();
        try {
            return young.entries();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public synchronized void flush() {
        Map<PackId, PackIndex> flushed;
        lock.readLock().lock();
        try {
            flushed = young.packs();
        } finally {
            lock.readLock().unlock();
        }
        if (flushed.isEmpty()) {
            return;
        }
        long entries = flushed.values().stream().mapToLong(PackIndex::size).sum();
        Run run = write(List.copyOf(flushed.keySet()), entries, YoungPacks.sorted(flushed));
        lock.writeLock().lock();
        try {
            runs.add(run);
            young.removeAll(flushed.keySet());
        } finally {
            lock.writeLock().unlock();
        }
        mergeWhatIsDue();
    }

    private void mergeWhatIsDue() {
        List<Run> due = tiers.due(runs);
        while (!due.isEmpty()) {
            List<PackId> table = new ArrayList<>();
            List<Merge.Source> sources = new ArrayList<>();
            for (Run run : due) {
                sources.add(new Merge.Source(run.cursor(), table.size()));
                table.addAll(run.packs());
            }
            try {
                long entries = due.stream().mapToLong(Run::entries).sum();
                replace(due, write(table, entries, new Merge(sources)));
            } catch (Corruption e) {
                List<Run> damaged =
                        due.stream().filter(run -> run.name().equals(e.blob())).toList();
                if (damaged.isEmpty()) {
                    // what was just written came back wrong: the disk is to blame, and to try at once would fill it
                    LOG.warn("a merge of index runs was given up: {}", e.getMessage());
                    return;
                }
                damaged.forEach(this::heal);
            }
            due = tiers.due(runs);
        }
    }

    private Run write(List<PackId> table, long entries, Cursor source) {
        byte[] id = new byte[RunFormat.RUN_ID];
        random.nextBytes(id);
        String run = HexFormat.of().formatHex(id);
        return Run.open(blobs, storeId, project, RunWriter.write(blobs, storeId, project, run, table, entries, source));
    }

    /** Makes packs unfindable at once; {@link #dropCondemned} then takes them out of the files. */
    public void condemn(Set<PackId> doomed) {
        lock.writeLock().lock();
        try {
            requireOpen();
            Set<PackId> all = new HashSet<>(condemned);
            all.addAll(doomed);
            condemned = Set.copyOf(all);
            young.removeAll(doomed);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Writes each run that names a condemned pack again without it, then deletes the old one. After a crash in between
     * both are there, which the next opening sorts out.
     */
    public synchronized void dropCondemned() {
        for (Run run : List.copyOf(runs)) {
            if (!Collections.disjoint(run.packs(), condemned)) {
                try {
                    replace(List.of(run), withoutCondemned(run));
                } catch (Corruption e) {
                    LOG.warn("an index run is damaged and will be made again from its packs: {}", e.getMessage());
                    heal(run);
                }
            }
        }
    }

    /** Null if nothing is left of the run. */
    private Run withoutCondemned(Run run) {
        long entries = 0;
        for (Cursor left = new CursorWithout(run, condemned); left.advance(); ) {
            entries++;
        }
        List<PackId> table =
                run.packs().stream().filter(pack -> !condemned.contains(pack)).toList();
        return entries == 0 ? null : write(table, entries, new CursorWithout(run, condemned));
    }

    /** Ends the condemnation of packs: they are deleted, or stay on the disk unknown until the next opening. */
    public void pardon(Set<PackId> packsOfThem) {
        lock.writeLock().lock();
        try {
            Set<PackId> all = new HashSet<>(condemned);
            all.removeAll(packsOfThem);
            condemned = Set.copyOf(all);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Drops a damaged run and takes its packs in again. */
    private synchronized void heal(Run damaged) {
        if (!runs.contains(damaged)) {
            return; // another thread met the damage too, and was faster
        }
        replace(List.of(damaged), null);
        Set<PackId> there = ForwardNames.unforwarded(blobs, project);
        damaged.packs().stream().filter(there::contains).forEach(this::addAgain);
    }

    private void addAgain(PackId pack) {
        if (condemned.contains(pack)) {
            return;
        }
        try {
            add(pack, packs.index(project, pack));
        } catch (Corruption e) {
            // its blocks count as missing, so that the next capture brings them again
            LOG.warn("a pack is damaged and will not be added to: {}", e.getMessage());
        }
    }

    private void replace(List<Run> old, Run merged) {
        lock.writeLock().lock();
        try {
            runs.removeAll(old);
            if (merged != null) {
                runs.add(merged);
            }
            old.forEach(Run::close);
        } finally {
            lock.writeLock().unlock();
        }
        old.forEach(run -> blobs.delete(run.name()));
    }

    /** Closes without a flush: what is young is found again by its packs. */
    @Override
    public synchronized void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            closeRuns();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the index of project " + project + " was closed");
        }
    }

    private void closeRuns() {
        runs.forEach(Run::close);
        runs.clear();
    }
}
