package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.ForwardFile;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackNames;

/** Reads forwarding records. */
final class ForwardScrub {
    private final BlobStore blobs;
    private final StoreDescriptor store;

    ForwardScrub(BlobStore blobs, StoreDescriptor store) {
        this.blobs = blobs;
        this.store = store;
    }

    void read(String name, Findings findings) {
        try {
            PackNames.Name parsed = ForwardNames.parse(name)
                    .orElseThrow(() -> new Corruption(name, 0, "a file among the forwarding records that is none"));
            var unused = ForwardFile.read(blobs, store.storeId(), parsed.project(), parsed.pack());
        } catch (Corruption e) {
            findings.add(e);
        }
    }
}
