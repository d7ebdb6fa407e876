package dev.holdfast.store.packed;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.index.RunBlockIndex;
import dev.holdfast.store.pack.Forward;
import dev.holdfast.store.pack.ForwardFile;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.PackWriter;
import dev.holdfast.store.pack.Packs;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a sweep may do to one project beside its uploads. The steps have an order that is safe wherever it breaks off:
 * {@link #condemn}, {@link #dropFromIndex}, {@link #delete} for each pack, {@link #pardon}; a repack has sealed its copies
 * before, and writes the forwarding records in between.
 */
public final class ProjectSweeping {
    private final StoreFiles files;
    private final GroupId project;
    private final Supplier<RunBlockIndex> index;
    private final SweepGate gate;
    private final Supplier<Set<PackId>> pinned;

    /** @param index is asked for only when something is to go: to open it may write */
    ProjectSweeping(
            StoreFiles files,
            GroupId project,
            Supplier<RunBlockIndex> index,
            SweepGate gate,
            Supplier<Set<PackId>> pinned) {
        this.files = files;
        this.project = project;
        this.index = index;
        this.gate = gate;
        this.pinned = pinned;
    }

    /** Changes when a root may have come from this process. */
    public long commits() {
        return gate.commits();
    }

    /** Parts that this process committed and did not forget; a bucket's listing may be late to name them. */
    public Set<PartId> committed() {
        return gate.committed();
    }

    /**
     * Makes packs unfindable for uploads of this process, except those that an upload relies on.
     *
     * @param doomed packs that no known root refers to
     * @param rootsAreKnown whether there is no root that the caller does not know; asked after the pins were read, for an
     *     upload lets go of its pins only when its root is there
     * @return what was condemned; empty, and nothing was done, if there is an unknown root
     */
    public Optional<Set<PackId>> condemn(Set<PackId> doomed, BooleanSupplier rootsAreKnown) {
        return gate.decide(() -> {
            Set<PackId> condemned = new HashSet<>(doomed);
            condemned.removeAll(pinned.get());
            if (!rootsAreKnown.getAsBoolean()) {
                return Optional.empty();
            }
            index.get().condemn(condemned);
            return Optional.of(condemned);
        });
    }

    /** Takes condemned packs out of the files of the index. */
    public void dropFromIndex() {
        index.get().dropCondemned();
    }

    /** Deletes a condemned pack. */
    public void delete(PackId pack) {
        files.blobs().delete(PackNames.name(project, pack));
        files.packs().forget(project, pack);
    }

    /** The packs, for reading. */
    public Packs packs() {
        return files.packs();
    }

    /** Bytes at which a pack is sealed. */
    public int packBytes() {
        return files.settings().packBytes();
    }

    /** Begins a pack for segments that are copied; one of {@link #mostSlots} is full however small it is. */
    public PackWriter beginPack() {
        return files.beginPack(project);
    }

    /** Most slots of a pack. */
    public int mostSlots() {
        return OpenPacks.MOST_SLOTS;
    }

    /** Lets uploads find the blocks of a pack that was sealed. */
    public void sealed(PackId pack, PackIndex blocks) {
        index.get().add(pack, blocks);
    }

    /** Makes durable what uploads find. */
    public void flushIndex() {
        index.get().flush();
    }

    /** Writes the forwarding record of a condemned pack. From here on nothing may refer to the pack that did not before. */
    public void forward(Forward forward) {
        ForwardFile.write(files.blobs(), files.descriptor().storeId(), forward);
    }

    /** Ends the condemnation; of packs that were not deleted too. */
    public void pardon(Set<PackId> condemned) {
        index.get().pardon(condemned);
    }

    /** Does something while nothing commits; false, and nothing was done, if something does. */
    public boolean withoutCommits(Runnable work) {
        return gate.withoutCommits(work);
    }
}
