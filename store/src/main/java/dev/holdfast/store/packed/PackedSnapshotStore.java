package dev.holdfast.store.packed;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.blob.BlobStore;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The store over blobs. Closing it leaves the blob store open, which belongs to whoever opened it. */
public final class PackedSnapshotStore implements SnapshotStore {
    private final StoreDescriptor descriptor;

    private PackedSnapshotStore(StoreDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Makes a store and opens it.
     *
     * @param random source of ids, safe for several threads; a {@link java.security.SecureRandom} in production
     * @throws dev.holdfast.store.blob.BlobExists if there is one already
     */
    public static PackedSnapshotStore create(BlobStore blobs, StoreSettings settings, RandomGenerator random) {
        throw new UnsupportedOperationException("soon");
    }

    /**
     * Opens a store. Writes nothing, so it may be done beside a process that has it open.
     *
     * @throws dev.holdfast.store.format.UnknownFormat if it is no store of ours, or a newer one
     * @throws dev.holdfast.contract.trouble.Corruption if its descriptor is damaged
     */
    public static PackedSnapshotStore open(BlobStore blobs, StoreSettings settings, RandomGenerator random) {
        throw new UnsupportedOperationException("soon");
    }

    /** Opens the store that is there, or makes one. */
    public static PackedSnapshotStore openOrCreate(BlobStore blobs, StoreSettings settings, RandomGenerator random) {
        throw new UnsupportedOperationException("soon");
    }

    /** What was fixed when the store was made. */
    public StoreDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public int blockSize() {
        return descriptor.blockSize();
    }

    @Override
    public PartUpload begin(GroupId project, PartId part) {
        throw new UnsupportedOperationException("soon");
    }

    @Override
    public StoredPart open(GroupId project, PartId part) {
        throw new UnsupportedOperationException("soon");
    }

    @Override
    public void forget(GroupId project, PartId part) {
        throw new UnsupportedOperationException("soon");
    }

    @Override
    public Set<PartId> parts(GroupId project) {
        throw new UnsupportedOperationException("soon");
    }

    @Override
    public Set<GroupId> projects() {
        throw new UnsupportedOperationException("soon");
    }

    @Override
    public void close() {}
}
