package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.Archive;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.archive.VirtualArchive;
import dev.holdfast.store.pack.Packs;
import java.nio.charset.StandardCharsets;

/** A part that has a root. */
final class StoredManifest implements StoredPart {
    private final Root root;
    private final ManifestPlan plan;
    private final StoreDescriptor store;
    private final Packs packs;

    StoredManifest(Root root, ManifestPlan plan, StoreDescriptor store, Packs packs) {
        this.root = root;
        this.plan = plan;
        this.store = store;
        this.packs = packs;
    }

    @Override
    public PartId id() {
        return root.part();
    }

    @Override
    public PartSummary summary() {
        return root.summary();
    }

    @Override
    public int topFolderLength() {
        return root.topFolderLength();
    }

    @Override
    public Archive archive(String topFolder) {
        byte[] name = topFolder.getBytes(StandardCharsets.UTF_8);
        if (name.length != root.topFolderLength()) {
            throw new IllegalArgumentException("the top folder of part " + root.part() + " has a name of "
                    + root.topFolderLength() + " bytes, not " + name.length + ": " + topFolder);
        }
        boolean dots = topFolder.equals(".") || topFolder.equals("..");
        if (dots || topFolder.indexOf('/') >= 0 || topFolder.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not the name of a folder: " + topFolder);
        }
        return new VirtualArchive(plan, store, packs, name);
    }
}
