package dev.holdfast.store.packed;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.format.UnknownFormat;
import dev.holdfast.store.index.RunBlockIndex;
import dev.holdfast.store.manifest.ManifestVisitor;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.manifest.NeededFiles;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.StoredPacks;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The store over blobs. Closing it ends its uploads, and leaves the blob store open, which belongs to whoever opened it.
 * One process at a time may begin uploads in a store; any number may read beside it.
 */
public final class PackedSnapshotStore implements SnapshotStore {
    private final StoreFiles files;
    private final ConcurrentHashMap<GroupId, RunBlockIndex> indices = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<GroupId, SweepGate> gates = new ConcurrentHashMap<>();
    private final Set<PackedUpload> uploads = ConcurrentHashMap.newKeySet();

    private PackedSnapshotStore(
            BlobStore blobs, StoreDescriptor descriptor, StoreSettings settings, RandomGenerator random) {
        StoredPacks packs =
                new StoredPacks(blobs, descriptor.storeId(), settings.openFiles(), settings.cachedIndexBytes());
        this.files = new StoreFiles(blobs, descriptor, settings, packs, new Inspectors(descriptor.blockSize()), random);
    }

    /**
     * Makes a store and opens it.
     *
     * @param random source of ids, safe for several threads; a {@link java.security.SecureRandom} in production
     * @throws BlobExists if there is one already
     * @throws Corruption if there are packs although there is no descriptor
     */
    public static PackedSnapshotStore create(BlobStore blobs, StoreSettings settings, RandomGenerator random) {
        if (!blobs.list(PackNames.PREFIX).isEmpty()
                && blobs.list(DescriptorFile.NAME).isEmpty()) {
            throw new Corruption(DescriptorFile.NAME, 0, "the descriptor is gone, but there are packs");
        }
        StoreDescriptor descriptor = DescriptorFile.make(settings, random);
        blobs.put(DescriptorFile.NAME, DescriptorFile.encode(descriptor, blobs.encrypts()));
        return new PackedSnapshotStore(blobs, descriptor, settings, random);
    }

    /**
     * Opens a store. Writes nothing, so it may be done beside a process that has it open.
     *
     * @throws UnknownFormat if there is no store of ours, or a newer one
     * @throws Corruption if its descriptor is damaged
     */
    public static PackedSnapshotStore open(BlobStore blobs, StoreSettings settings, RandomGenerator random) {
        return new PackedSnapshotStore(blobs, DescriptorFile.read(blobs), settings, random);
    }

    /**
     * Refuses a store that cannot be opened, and touches nothing: for who must know it before he changes something else.
     *
     * @throws UnknownFormat if it is a newer one
     * @throws Corruption if its descriptor is damaged
     */
    public static void requireReadable(BlobStore blobs) {
        if (blobs.list(DescriptorFile.NAME).contains(DescriptorFile.NAME)) {
            DescriptorFile.read(blobs);
        }
    }

    /** Opens the store that is there, or makes one. */
    public static PackedSnapshotStore openOrCreate(BlobStore blobs, StoreSettings settings, RandomGenerator random) {
        if (blobs.list(DescriptorFile.NAME).contains(DescriptorFile.NAME)) {
            return open(blobs, settings, random);
        }
        try {
            return create(blobs, settings, random);
        } catch (BlobExists e) {
            return open(blobs, settings, random); // another process was faster
        }
    }

    /** What was fixed when the store was made. */
    public StoreDescriptor descriptor() {
        return files.descriptor();
    }

    @Override
    public int blockSize() {
        return files.descriptor().blockSize();
    }

    @Override
    public PartUpload begin(GroupId project, PartId part) {
        PackedUpload upload = new PackedUpload(files, project, part, index(project), gate(project), uploads::remove);
        uploads.add(upload);
        return upload;
    }

    /** Packs of a project that uploads in progress rely on; whoever removes packs must leave these. */
    public Set<PackId> pinned(GroupId project) {
        return uploads.stream()
                .filter(upload -> upload.project().equals(project))
                .flatMap(upload -> upload.pinned().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a sweep may do to a project; nothing is opened or written before it does. */
    public ProjectSweeping sweeping(GroupId project) {
        return new ProjectSweeping(files, project, () -> index(project), gate(project), () -> pinned(project));
    }

    @Override
    public StoredPart open(GroupId project, PartId part) {
        return Manifests.open(files.blobs(), files.descriptor(), files.packs(), project, part);
    }

    /**
     * Shows what a part is made of, down to the ids of its blocks. Reads its manifest and the indices of its packs.
     *
     * @throws SnapshotStore.NoSuchPart if it is not there
     * @throws Corruption at the first page or index that is damaged
     */
    public void walk(GroupId project, PartId part, PartVisitor visitor) {
        Manifests.walk(files.blobs(), files.descriptor(), project, part, new ManifestVisitor() {
            @Override
            public void entry(FileEntry entry) {
                visitor.entry(entry);
            }

            @Override
            public void extent(Extent extent) {
                PackIndex index = files.packs().index(project, extent.pack());
                if (extent.slots() > index.size() - extent.firstSlot()) {
                    throw new Corruption(
                            files.packs().name(project, extent.pack()),
                            0,
                            "it has " + index.size() + " slots, too few");
                }
                for (int slot = extent.firstSlot(); slot < extent.firstSlot() + extent.slots(); slot++) {
                    visitor.block(index.block(slot), index.plainLength(slot));
                }
            }

            @Override
            public void hole(long blocks) {
                visitor.zeros(blocks);
            }
        });
    }

    /**
     * Names of the pages and packs that a part needs.
     *
     * @throws SnapshotStore.NoSuchPart if it is not there
     * @throws Corruption at the first page that is damaged
     */
    public Set<String> blobs(GroupId project, PartId part) {
        Set<String> names = new HashSet<>();
        new NeededFiles(files.blobs(), files.descriptor(), project).of(part, names, names);
        return names;
    }

    /**
     * Makes blocks of damaged packs count as missing from now on, so that the next capture puts them again and does not
     * build upon damage. Holds for this process; parts that refer to the packs already are as they were.
     */
    public void distrust(GroupId project, Set<PackId> damaged) {
        var unused = gate(project).decide(() -> {
            index(project).condemn(damaged);
            return true;
        });
    }

    /** Is shown what a part is made of, in archive order. */
    public interface PartVisitor {
        /** An entry begins; the captured directory comes first. */
        void entry(FileEntry entry);

        /** The file goes on with this block. */
        void block(BlockId block, int plainLength);

        /** The file goes on with so many full blocks of zeros. */
        void zeros(long blocks);
    }

    @Override
    public void forget(GroupId project, PartId part) {
        Manifests.forget(files.blobs(), project, part);
        gate(project).forgotten(part);
    }

    @Override
    public Set<PartId> parts(GroupId project) {
        return Manifests.list(files.blobs(), project);
    }

    @Override
    public Set<GroupId> projects() {
        return Manifests.projects(files.blobs());
    }

    @Override
    public void close() {
        uploads.forEach(PackedUpload::close);
        indices.values().forEach(RunBlockIndex::close);
        indices.clear();
        files.packs().close();
    }

    private SweepGate gate(GroupId project) {
        return gates.computeIfAbsent(project, id -> new SweepGate());
    }

    private RunBlockIndex index(GroupId project) {
        return indices.computeIfAbsent(
                project,
                id -> RunBlockIndex.open(
                        files.blobs(), files.packs(), files.descriptor().storeId(), id, files.random()));
    }
}
