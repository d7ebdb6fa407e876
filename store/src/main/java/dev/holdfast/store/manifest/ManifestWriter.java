package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.ArchiveHead;
import dev.holdfast.store.archive.ArchiveTail;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.Packs;
import java.io.IOException;
import java.util.List;

/**
 * Writes the manifest of one part: call {@link #entry} for each entry in archive order, the captured directory first;
 * after a file as many {@link #blocks} as it has; then {@link #finish}. Pages go out as they fill, the root at the end;
 * without it nothing refers to the pages. For one thread at a time.
 */
public final class ManifestWriter implements AutoCloseable {
    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final GroupId project;
    private final PartId part;
    private final Packs packs;
    private final int topFolderLength;
    private final FrameExtras extras;
    private final Pages pages;
    private final PageBuilder page;
    private final PageTally tally;
    private final BlockRun run;
    private boolean closed;

    private FileEntry top;
    private FileEntry current;
    private long nextBlock;
    private long blocksDue;
    private long plainBytes;
    private long storedBytes;
    private PackId pack;
    private PackIndex index;

    /**
     * Begins the manifest of {@code part}; writes nothing yet.
     *
     * @throws IllegalArgumentException if an extra of {@code frame} is too large or its name is none
     */
    public ManifestWriter(
            BlobStore blobs, StoreDescriptor store, GroupId project, PartId part, ArchiveFrame frame, Packs packs) {
        this.blobs = blobs;
        this.store = store;
        this.project = project;
        this.part = part;
        this.packs = packs;
        this.topFolderLength = frame.topFolderLength();
        this.extras = new FrameExtras(frame.extras());
        this.pages = new Pages(blobs, store, project);
        this.page = new PageBuilder(store, topFolderLength);
        this.tally = new PageTally();
        this.run = new BlockRun(store.blockSize());
    }

    /**
     * Adds an entry.
     *
     * @throws IOException if the list is malformed: it does not begin with the captured directory, has it twice, or the
     *     file before lacks blocks
     */
    public void entry(FileEntry entry) throws IOException {
        requireOpen();
        endFile();
        boolean isTop = entry.path().length == 0;
        if (isTop != (top == null)) {
            throw new IOException("the captured directory must come first and once, not " + entry.displayPath());
        }
        if (isTop) {
            top = entry;
            tally.entry();
            return;
        }
        if (page.isFull() || PageCut.beforeEntry(entry.path())) {
            cut(0);
        }
        page.entry(entry);
        tally.entry();
        extras.captured(entry.path());
        current = entry;
        nextBlock = 0;
        blocksDue = entry.blocks(store.blockSize());
        plainBytes += entry.size();
    }

    /**
     * Adds the next {@code count} blocks of the file; {@code null} is a full block of zeros.
     *
     * @throws IOException if a block has not the length that its place in the file asks for, or is one too many
     */
    public void blocks(BlockLocation[] locations, int count) throws IOException {
        requireOpen();
        for (int i = 0; i < count; i++) {
            if (blocksDue == 0) {
                throw new IOException("there are more blocks than " + current + " has");
            }
            block(locations[i]);
            nextBlock++;
            blocksDue--;
        }
    }

    /**
     * Writes the last page and the root; after that the part exists.
     *
     * @param newBytes what the store grew by for this part
     * @throws dev.holdfast.store.blob.BlobExists if the part has a root already
     * @throws IOException if the list is empty or ends within a file
     */
    public PartSummary finish(long newBytes) throws IOException {
        requireOpen();
        endFile();
        if (top == null) {
            throw new IOException("the list is empty: not even the captured directory is in it");
        }
        cut(0);
        List<ExtraFile> kept = extras.kept();
        ArchiveHead head = ArchiveHead.ofLength(topFolderLength, top, kept);
        long tailOffset = head.bytes().length + tally.archiveBytes();
        long tarContent = head.tarBytes() + tally.tarBytes();
        int zeros = ArchiveTail.zeros(tarContent);
        PartSummary summary = new PartSummary(
                tally.entries(), plainBytes, storedBytes, newBytes, tailOffset + ArchiveTail.length(zeros));
        PageRows rows = tally.rows(head.bytes().length, head.tarBytes());
        Root root = new Root(project, part, topFolderLength, top, kept, rows, tailOffset, tarContent + zeros, summary);
        blobs.put(ManifestNames.root(project, part), RootCodec.encode(root, store));
        closed = true;
        return summary;
    }

    /** Gives up unless finished; pages that were written stay for a sweep. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
    }

    private void block(BlockLocation location) throws IOException {
        long left = current.size() - nextBlock * store.blockSize();
        boolean cut = nextBlock > 0 && (page.isFull() || PageCut.beforeBlock(current.path(), nextBlock));
        if (cut || !run.takes(location)) {
            run.flush(page);
        }
        if (cut) {
            cut(left);
        }
        long expected = Math.min(left, store.blockSize());
        if (location == null) {
            requireLength(store.blockSize(), expected);
            run.addZeros();
            return;
        }
        if (!location.pack().equals(pack)) {
            index = packs.index(project, location.pack());
            pack = location.pack();
        }
        requireLength(index.plainLength(location.slot()), expected);
        run.add(location, index);
        storedBytes += index.storedLength(location.slot());
    }

    private void requireLength(int actual, long expected) throws IOException {
        if (actual != expected) {
            throw new IOException(
                    "block " + nextBlock + " of " + current + " has " + actual + " bytes, not " + expected);
        }
    }

    private void endFile() throws IOException {
        if (blocksDue > 0) {
            throw new IOException(current + " lacks its last " + blocksDue + " blocks");
        }
        run.flush(page);
    }

    private void cut(long leftOfFile) {
        if (page.isEmpty()) {
            return;
        }
        byte[] bytes = page.end();
        tally.page(pages.put(bytes), bytes.length, page);
        page.begin(leftOfFile);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the manifest of part " + part + " was finished or closed");
        }
    }
}
