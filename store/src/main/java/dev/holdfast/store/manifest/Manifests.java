package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.Packs;
import java.util.Set;

/** The manifests of a store: finds, opens, walks and forgets them. */
public final class Manifests {
    private Manifests() {}

    /**
     * Opens a part for reading: reads and checks its root, no page yet.
     *
     * @throws NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption if the root is damaged or of another store or part
     */
    public static StoredPart open(BlobStore blobs, StoreDescriptor store, Packs packs, GroupId project, PartId part) {
        throw new UnsupportedOperationException();
    }

    /** Every part of a project that has a root. */
    public static Set<PartId> list(BlobStore blobs, GroupId project) {
        throw new UnsupportedOperationException();
    }

    /** Every project that has a root. */
    public static Set<GroupId> projects(BlobStore blobs) {
        throw new UnsupportedOperationException();
    }

    /** Deletes the root, so that the part is no more; its pages stay for a sweep. Does nothing if there is none. */
    public static void forget(BlobStore blobs, GroupId project, PartId part) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads every page of a part, checks it, and shows what it refers to: for {@code verify} and sweep.
     *
     * @throws NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption at the first page that is missing or damaged
     */
    public static void walk(
            BlobStore blobs, StoreDescriptor store, GroupId project, PartId part, ManifestVisitor visitor) {
        throw new UnsupportedOperationException();
    }
}
