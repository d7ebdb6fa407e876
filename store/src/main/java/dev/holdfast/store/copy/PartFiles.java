package dev.holdfast.store.copy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.Forwards;
import dev.holdfast.store.pack.PackNames;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which files parts need to be read, where a repack has taken their segments elsewhere too. For one thread. */
final class PartFiles {
    private final Set<String> packs = new LinkedHashSet<>();
    private final Set<String> forwards = new LinkedHashSet<>();
    private final Set<String> pages = new LinkedHashSet<>();

    /**
     * Adds the files of a part.
     *
     * @throws dev.holdfast.store.SnapshotStore.NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption if what it needs is not known, or was dropped
     */
    void add(BlobStore blobs, StoreDescriptor store, GroupId project, PartId part) {
        Forwards records = new Forwards(blobs, store.storeId(), project);
        Manifests.references(
                blobs,
                store,
                project,
                part,
                pages,
                extent -> records.resolve(
                        extent.pack(),
                        extent.firstSlot(),
                        extent.slots(),
                        pack -> forwards.add(ForwardNames.name(project, pack)),
                        (pack, first, slots) -> packs.add(PackNames.name(project, pack))));
    }

    /** All but the roots, in the order in which they are written: nothing before what it refers to. */
    Set<String> inOrder() {
        Set<String> all = new LinkedHashSet<>(packs);
        all.addAll(forwards);
        all.addAll(pages);
        return all;
    }
}
