package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import java.util.Arrays;

/** The pages of a project: blobs that are named after their content, and shared by all parts that need them. */
final class Pages {
    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final GroupId project;

    Pages(BlobStore blobs, StoreDescriptor store, GroupId project) {
        this.blobs = blobs;
        this.store = store;
        this.project = project;
    }

    /** Writes a page unless it is there already, and returns its name's hash. */
    byte[] put(byte[] page) {
        byte[] sha256 = Sha256.of(page);
        String name = ManifestNames.page(project, sha256);
        // asked first: most pages of a snapshot are there, and a write that comes to nothing costs a sync
        if (!has(name, page.length)) {
            try {
                blobs.put(name, page);
            } catch (BlobExists e) {
                requireLength(name, page.length);
            }
        }
        return sha256;
    }

    /** Bytes of a page, checked against its name. */
    byte[] read(PageRow row) {
        String name = name(row);
        byte[] page;
        try {
            page = WholeBlob.read(blobs, name, PageBuilder.MAX);
        } catch (NoSuchBlob e) {
            Corruption missing = new Corruption(name, 0, "it is missing");
            missing.initCause(e);
            throw missing;
        }
        if (page.length != row.length() || !Arrays.equals(Sha256.of(page), row.sha256())) {
            throw new Corruption(name, 0, "its bytes do not match its name");
        }
        return page;
    }

    PageReader reader(PageRow row, byte[] page) {
        return new PageReader(name(row), page, store);
    }

    String name(PageRow row) {
        return ManifestNames.page(project, row.sha256());
    }

    private boolean has(String name, int length) {
        try {
            requireLength(name, length);
            return true;
        } catch (NoSuchBlob e) {
            return false;
        }
    }

    // the cheap half of a check: verify does the other
    private void requireLength(String name, int length) {
        try (BlobReader reader = blobs.open(name)) {
            if (reader.size() != length) {
                throw new Corruption(name, 0, "it has " + reader.size() + " bytes, not " + length);
            }
        }
    }
}
