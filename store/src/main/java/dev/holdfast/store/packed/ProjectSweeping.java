package dev.holdfast.store.packed;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.index.RunBlockIndex;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a sweep may do to one project beside its uploads. The steps have an order that is safe wherever it breaks off:
 * {@link #condemn}, {@link #dropFromIndex}, {@link #delete} for each pack, {@link #pardon}.
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

    /** Ends the condemnation; of packs that were not deleted too. */
    public void pardon(Set<PackId> condemned) {
        index.get().pardon(condemned);
    }

    /** Does something while nothing commits; false, and nothing was done, if something does. */
    public boolean withoutCommits(Runnable work) {
        return gate.withoutCommits(work);
    }
}
