package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackNames;
import java.util.List;
import java.util.Optional;

/** Reads single packs, forwarding records and pages from the first to the last byte. For one thread. */
public final class FileCheck {
    private final PackScrub packs;
    private final ForwardScrub forwards;
    private final PageScrub pages = new PageScrub();

    /** A check of files of {@code store}, wherever they lie. */
    public FileCheck(StoreDescriptor store) {
        this.packs = new PackScrub(store);
        this.forwards = new ForwardScrub(store);
    }

    /** Whether the file is a pack, a forwarding record or a page, which can be checked alone. */
    public static boolean knows(String name) {
        return name.startsWith(PackNames.PREFIX)
                || name.startsWith(PageScrub.PREFIX)
                || ForwardNames.parse(name).isPresent();
    }

    /**
     * The first damage of such a file; empty if every byte is what was written.
     *
     * @throws dev.holdfast.store.blob.NoSuchBlob if there is none
     * @throws dev.holdfast.contract.trouble.Unavailable if it cannot be read
     */
    public Optional<Damage> damage(BlobStore blobs, String name) {
        Findings findings = new Findings();
        try (BlobReader blob = blobs.open(name)) {
            if (name.startsWith(PackNames.PREFIX)) {
                packs.read(name, blob, findings);
            } else if (ForwardNames.parse(name).isPresent()) {
                forwards.read(name, blob, findings);
            } else {
                pages.read(name, blob, findings);
            }
        }
        List<Damage> damages = findings.damages();
        return damages.isEmpty() ? Optional.empty() : Optional.of(damages.get(0));
    }

    /** As {@link #damage}, thrown. */
    public void require(BlobStore blobs, String name) {
        damage(blobs, name).ifPresent(damage -> {
            // what a damage says begins as every Corruption does
            String start = new Corruption(name, damage.offset(), "").getMessage();
            String what = damage.what();
            throw new Corruption(name, damage.offset(), what.startsWith(start) ? what.substring(start.length()) : what);
        });
    }
}
