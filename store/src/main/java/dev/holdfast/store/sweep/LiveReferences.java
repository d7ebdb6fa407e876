package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.packed.ProjectSweeping;
import java.util.HashSet;
import java.util.Set;

/**
 * What the roots of a project refer to. It only grows: what a root that was forgotten meanwhile referred to counts as
 * needed, until the next sweep.
 */
final class LiveReferences {
    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final GroupId project;
    private final ProjectSweeping sweeping;
    private final Set<PackId> packs = new HashSet<>();
    private final Set<String> pages = new HashSet<>();
    private Set<PartId> roots = Set.of();
    private long commits = -1;

    LiveReferences(BlobStore blobs, StoreDescriptor store, GroupId project, ProjectSweeping sweeping) {
        this.blobs = blobs;
        this.store = store;
        this.project = project;
        this.sweeping = sweeping;
    }

    /**
     * Reads the roots that are not known yet.
     *
     * @throws dev.holdfast.contract.trouble.Corruption if one of them, or one of its pages, cannot be read
     */
    void refresh() {
        // read before the list: a commit in between makes isCurrent say no
        long now = sweeping.commits();
        Set<PartId> listed = Manifests.list(blobs, project);
        Set<PartId> known = new HashSet<>();
        for (PartId part : listed) {
            // after a commit of this process even an old name may be a new root: forgotten, and committed again
            if (now == commits && roots.contains(part) || add(part)) {
                known.add(part);
            }
        }
        roots = known;
        commits = now;
    }

    /** Whether every root that is there now was read. Cheap: it lists names. */
    boolean isCurrent() {
        return sweeping.commits() == commits && roots.containsAll(Manifests.list(blobs, project));
    }

    boolean needs(PackId pack) {
        return packs.contains(pack);
    }

    boolean needs(String page) {
        return pages.contains(page);
    }

    private boolean add(PartId part) {
        try {
            Manifests.references(blobs, store, project, part, pages, packs);
            return true;
        } catch (NoSuchPart e) {
            return false; // forgotten since it was listed
        }
    }
}
