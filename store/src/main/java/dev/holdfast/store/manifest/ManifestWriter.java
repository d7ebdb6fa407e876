package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.Packs;
import java.io.IOException;

/**
 * Writes the manifest of one part: call {@link #entry} for each entry in archive order, the captured directory first;
 * after a file as many {@link #blocks} as it has; then {@link #finish}. Pages go out as they fill, the root at the end;
 * without it nothing refers to the pages. For one thread at a time.
 */
public final class ManifestWriter implements AutoCloseable {
    /** Begins the manifest of {@code part}; writes nothing yet. */
    public ManifestWriter(
            BlobStore blobs, StoreDescriptor store, GroupId project, PartId part, ArchiveFrame frame, Packs packs) {}

    /**
     * Adds an entry.
     *
     * @throws IOException if the list is malformed: it does not begin with the captured directory, or the file before
     *     lacks blocks
     */
    public void entry(FileEntry entry) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds the next {@code count} blocks of the file; {@code null} is a full block of zeros.
     *
     * @throws IOException if a block has not the length that its place in the file asks for, or is one too many
     */
    public void blocks(BlockLocation[] locations, int count) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the last page and the root; after that the part exists.
     *
     * @param newBytes what the store grew by for this part
     * @throws dev.holdfast.store.blob.BlobExists if the part has a root already
     * @throws IOException if the list is malformed or ends within a file
     */
    public PartSummary finish(long newBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Gives up unless finished; pages that were written stay for a sweep. Does nothing the second time. */
    @Override
    public void close() {}
}
