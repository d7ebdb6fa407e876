package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.Forwards;
import dev.holdfast.store.pack.PackNames;
import java.util.Set;

/**
 * Which files the parts of a project need: also the forwarding records of packs that were repacked, and the packs that they
 * lead to. Lists the records when they are first asked for. Not for several threads.
 */
public final class NeededFiles {
    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final GroupId project;
    private Forwards forwards;

    /** Does no I/O. */
    public NeededFiles(BlobStore blobs, StoreDescriptor store, GroupId project) {
        this.blobs = blobs;
        this.store = store;
        this.project = project;
    }

    /**
     * Adds what a part needs but its root: names of pages; names of packs and records. A page that is in {@code pages}
     * already is not read again.
     *
     * @throws dev.holdfast.store.SnapshotStore.NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption if its root, a page or a record is missing or damaged
     */
    public void of(PartId part, Set<String> pages, Set<String> files) {
        Manifests.references(blobs, store, project, part, pages, extent -> of(extent, files));
    }

    /**
     * Adds the pack that an extent names, or what stands for it; answers whether that pack was repacked.
     *
     * @throws dev.holdfast.contract.trouble.Corruption if a record is missing or damaged
     */
    public boolean of(Extent extent, Set<String> files) {
        if (forwards == null) {
            forwards = new Forwards(blobs, store.storeId(), project);
        }
        forwards.resolve(
                extent.pack(),
                extent.firstSlot(),
                extent.slots(),
                pack -> files.add(ForwardNames.name(project, pack)),
                (pack, first, slots) -> files.add(PackNames.name(project, pack)));
        return forwards.isForwarded(extent.pack());
    }
}
