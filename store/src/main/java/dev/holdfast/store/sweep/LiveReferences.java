package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.Forwards;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.packed.ProjectSweeping;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the roots of a project refer to, slot by slot: one bit for each block of the project, so some 8 MB for a store of
 * two terabytes. It only grows: what a root that was forgotten meanwhile referred to counts as needed, until the next
 * sweep.
 */
final class LiveReferences {
    private static final BitSet NONE = new BitSet();

    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final GroupId project;
    private final ProjectSweeping sweeping;
    private final Forwards forwards;

    /** Where the slots lie now. */
    private final Map<PackId, BitSet> slots = new HashMap<>();

    /** Packs whose forwarding record is needed. */
    private final Set<PackId> through = new HashSet<>();

    private final Set<String> pages = new HashSet<>();
    private Set<PartId> roots = Set.of();

    /** What this process had committed, or was committing, at the last refresh. */
    private Set<PartId> ours = Set.of();

    private long commits = -1;

    LiveReferences(BlobStore blobs, StoreDescriptor store, GroupId project, ProjectSweeping sweeping) {
        this.blobs = blobs;
        this.store = store;
        this.project = project;
        this.sweeping = sweeping;
        this.forwards = new Forwards(blobs, store.storeId(), project);
    }

    /**
     * Reads the roots that are not known yet.
     *
     * @throws dev.holdfast.contract.trouble.Corruption if one of them, or one of its pages, or a forwarding record that it
     *     needs, cannot be read
     */
    void refresh() {
        // read before the list: a commit in between makes isCurrent say no
        long now = sweeping.commits();
        Set<PartId> committed = sweeping.committed();
        Set<PartId> listed = Manifests.list(blobs, project);
        // a bucket's listing may lag behind what this process wrote
        listed.addAll(committed);
        Set<PartId> known = new HashSet<>();
        for (PartId part : listed) {
            // after a commit of this process even an old name may be a new root: forgotten, and committed again
            if (now == commits && roots.contains(part) || add(part)) {
                known.add(part);
            }
        }
        ours = committed;
        roots = known;
        commits = now;
    }

    /** Whether every root that is there now was read. Cheap: it lists names. */
    boolean isCurrent() {
        return sweeping.commits() == commits
                && ours.containsAll(sweeping.committed())
                && roots.containsAll(Manifests.list(blobs, project));
    }

    /** The roots that were there at the last refresh. */
    Set<PartId> roots() {
        return Set.copyOf(roots);
    }

    Forwards forwards() {
        return forwards;
    }

    boolean needs(PackId pack) {
        return slots.containsKey(pack);
    }

    boolean needs(String page) {
        return pages.contains(page);
    }

    /** Whether a part names the pack, or names one that is forwarded to it, so that its own record must stay. */
    boolean needsForward(PackId pack) {
        return through.contains(pack);
    }

    /** The slots of a pack that are needed; not to be changed. */
    BitSet slots(PackId pack) {
        return slots.getOrDefault(pack, NONE);
    }

    private boolean add(PartId part) {
        try {
            Manifests.references(blobs, store, project, part, pages, this::add);
            return true;
        } catch (NoSuchPart e) {
            return false; // forgotten since it was listed
        }
    }

    private void add(Extent extent) {
        forwards.resolve(
                extent.pack(),
                extent.firstSlot(),
                extent.slots(),
                through::add,
                (pack, first, count) ->
                        slots.computeIfAbsent(pack, id -> new BitSet()).set(first, first + count));
    }
}
