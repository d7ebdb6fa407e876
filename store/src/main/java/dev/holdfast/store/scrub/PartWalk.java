package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.archive.ExtentCheck;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.ManifestVisitor;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.manifest.NeededFiles;
import dev.holdfast.store.pack.Packs;
import java.util.HashSet;
import java.util.Set;

/** Walks manifests without reading a segment. */
final class PartWalk {
    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final Packs packs;

    PartWalk(BlobStore blobs, StoreDescriptor store, Packs packs) {
        this.blobs = blobs;
        this.store = store;
        this.packs = packs;
    }

    /** Names of the pages, packs and forwarding records that a part needs, as far as its manifest can be read. */
    Set<String> blobs(Damage.Part part) {
        Set<String> names = new HashSet<>();
        try {
            walk(part, names, extent -> {});
        } catch (Corruption e) {
            names.add(e.blob());
        }
        return names;
    }

    /**
     * Reads root and pages of a part and holds every pack's index to what they pin; answers the first damage, or null.
     * Together with the packs, which are read by themselves, this is the whole archive: it is composed of their segments.
     *
     * @throws NoSuchPart if it was forgotten meanwhile
     */
    Corruption check(Damage.Part part) {
        ExtentCheck check = new ExtentCheck(packs, part.project(), store.blockSize());
        try {
            walk(part, new HashSet<>(), check::check);
            return null;
        } catch (Corruption e) {
            if (!Manifests.list(blobs, part.project()).contains(part.id())) {
                // forgotten while it was read, and perhaps swept: nobody misses it
                throw new NoSuchPart(part.project(), part.id());
            }
            return e;
        }
    }

    private interface ExtentSink {
        void take(Extent extent);
    }

    private void walk(Damage.Part part, Set<String> names, ExtentSink extents) {
        NeededFiles needed = new NeededFiles(blobs, store, part.project());
        Manifests.walk(blobs, store, part.project(), part.id(), new ManifestVisitor() {
            @Override
            public void page(String blobName) {
                names.add(blobName);
            }

            @Override
            public void extent(Extent extent) {
                var unused = needed.of(extent, names);
                extents.take(extent);
            }
        });
    }
}
