package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.pack.ForwardFile;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackNames;

/** Reads a forwarding record. Where it leads is looked at with the parts that need it: others may outlive their packs. */
final class ForwardScrub {
    private final StoreDescriptor store;

    ForwardScrub(StoreDescriptor store) {
        this.store = store;
    }

    void read(String name, BlobReader blob, Findings findings) {
        try {
            PackNames.Name parsed = ForwardNames.parse(name)
                    .orElseThrow(() -> new Corruption(name, 0, "a file among the records that is not called like one"));
            var unused = ForwardFile.read(blob, name, store.storeId(), parsed.project(), parsed.pack());
        } catch (Corruption e) {
            findings.add(e);
        }
    }
}
