package dev.holdfast.store.copy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.DescriptorFile;

/** Makes sure that a store is a replica of another. */
public final class Replica {
    private Replica() {}

    /**
     * Holds the store in {@code to} against that in {@code from}; makes it the replica if there is none.
     *
     * @return the descriptor, which both have
     * @throws OtherStore if it cannot be a replica
     */
    static StoreDescriptor open(BlobStore from, BlobStore to) {
        StoreDescriptor store = DescriptorFile.read(from);
        if (!to.list(DescriptorFile.NAME).contains(DescriptorFile.NAME)) {
            if (!to.list("").isEmpty()) {
                throw new OtherStore(to + " has files, but no store of Holdfast"
                        + "\nHINT: name an empty place, or one that holdfast copy has written to before.");
            }
            if (from.encrypts() != to.encrypts()) {
                throw new OtherStore(to + " would " + (to.encrypts() ? "" : "not ") + "be encrypted, and " + from
                        + " is" + (from.encrypts() ? "" : " not")
                        + "\nHINT: a copy is encrypted if and only if its store is: "
                        + (to.encrypts()
                                ? "name a place that the settings do not have encrypted."
                                : "give the settings with the key for the copy too."));
            }
            try {
                new BlobTransfer().copy(from, DescriptorFile.NAME, to, to.create(DescriptorFile.NAME));
            } catch (BlobExists e) {
                // another copy at the same moment; it is held against ours all the same
            }
        }
        require(store, to);
        return store;
    }

    /**
     * Refuses a store that is no replica of {@code store}.
     *
     * @throws OtherStore if it is not
     * @throws Corruption if its descriptor is damaged
     */
    public static void require(StoreDescriptor store, BlobStore other) {
        StoreDescriptor found = DescriptorFile.read(other);
        if (found.blockSize() != store.blockSize()) {
            throw new OtherStore(
                    "the store in " + other + " has blocks of " + found.blockSize() + " bytes, this one of "
                            + store.blockSize() + ", so nothing of this one fits into it"
                            + "\nHINT: name an empty place; the copy gets the block size of this store.");
        }
        if (!found.storeId().equals(store.storeId())) {
            throw new OtherStore(
                    "the store in " + other + " is another one (" + found.storeId() + ") and no copy of this"
                            + " one (" + store.storeId() + ")"
                            + "\nHINT: name an empty place, or one that holdfast copy has written to before.");
        }
    }
}
