package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import java.nio.ByteBuffer;

/**
 * The packs of a blob store. Open files and indices are bounded together for all projects. A pack that was repacked is
 * read through its forwarding record, as if it were still there; who read it before need not notice.
 */
public final class StoredPacks implements Packs, AutoCloseable {
    private final BlobStore blobs;
    private final String storeId;
    private final BoundedCache<String, SharedBlob> open;
    private final BoundedCache<String, PackIndex> indices;

    /**
     * Packs of the store {@code storeId}.
     *
     * @param openFiles most packs held open
     * @param indexBytes most heap for indices; the newest one is kept even if it is larger
     */
    public StoredPacks(BlobStore blobs, String storeId, int openFiles, int indexBytes) {
        this.blobs = blobs;
        this.storeId = storeId;
        this.open = new BoundedCache<>(openFiles, blob -> 1, SharedBlob::drop);
        this.indices = new BoundedCache<>(indexBytes, index -> index.size() * (PackFormat.SLOT + 4), index -> {});
    }

    @Override
    public PackIndex index(GroupId project, PackId pack) {
        String name = PackNames.name(project, pack);
        return indices.get(name, () -> load(project, pack, name));
    }

    private PackIndex load(GroupId project, PackId pack, String name) {
        try {
            return PackFile.read(new Reader(project, pack, name), name, storeId, project, pack);
        } catch (Corruption e) {
            // it may have been repacked, before or while it was read
            return ForwardFile.read(blobs, storeId, project, pack)
                    .map(forward -> new ForwardedIndex(forward, this))
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public BlobReader reader(GroupId project, PackId pack) {
        return new Reader(project, pack, PackNames.name(project, pack));
    }

    @Override
    public String name(GroupId project, PackId pack) {
        return PackNames.name(project, pack);
    }

    /** Lets go of a pack that was deleted, so that its space is free once reads in progress have ended. */
    public void forget(GroupId project, PackId pack) {
        String name = name(project, pack);
        open.remove(name);
        indices.remove(name);
    }

    @Override
    public void close() {
        open.clear();
        indices.clear();
    }

    private SharedBlob blob(GroupId project, PackId pack, String name) {
        return open.get(name, () -> {
            try {
                return new SharedBlob(blobs.open(name));
            } catch (NoSuchBlob e) {
                return ForwardFile.read(blobs, storeId, project, pack)
                        .map(forward -> new SharedBlob(new ForwardedBlob(forward, this)))
                        .orElseThrow(() -> new Corruption(name, 0, "the pack is gone"));
            }
        });
    }

    /** Holds no file itself, so whoever has it need not give it back and the cache may drop what is behind it. */
    private final class Reader implements BlobReader {
        private final GroupId project;
        private final PackId pack;
        private final String name;

        Reader(GroupId project, PackId pack, String name) {
            this.project = project;
            this.pack = pack;
            this.name = name;
        }

        @Override
        public long size() {
            return blob(project, pack, name).size();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            while (true) {
                SharedBlob blob = blob(project, pack, name);
                try {
                    int count = blob.read(position, target);
                    if (count >= 0) {
                        return count;
                    }
                    // dropped between look-up and read: look again
                } catch (Unavailable e) {
                    open.remove(name, blob); // an interrupted thread closes a channel under everyone
                    throw e;
                }
            }
        }

        @Override
        public void close() {}
    }
}
