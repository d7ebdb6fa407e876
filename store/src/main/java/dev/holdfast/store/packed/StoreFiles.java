package dev.holdfast.store.packed;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackWriter;
import dev.holdfast.store.pack.StoredPacks;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What all uploads of an open store share. */
record StoreFiles(
        BlobStore blobs,
        StoreDescriptor descriptor,
        StoreSettings settings,
        StoredPacks packs,
        Inspectors inspectors,
        RandomGenerator random) {

    PackWriter beginPack(GroupId project) {
        byte[] id = new byte[PackId.LENGTH];
        random.nextBytes(id);
        return PackWriter.begin(
                blobs, descriptor.storeId(), project, new PackId(HexFormat.of().formatHex(id)));
    }
}
