package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.ExactRead;
import dev.holdfast.store.format.FileStart;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * An open run: its table of packs and its fences are in the heap (32 bytes for 100 blocks), its filter beside the heap (1.5
 * bytes a block), its pages on the disk.
 */
final class Run implements AutoCloseable {
    private static final int MOST_PACKS = 100_000_000;

    private final String name;
    private final BlobReader blob;
    private final PackId[] packs;
    private final long entries;
    private final byte[] fences;

    /** Null for a run from before there were filters. */
    private final RunFilter filter;

    private Run(String name, BlobReader blob, PackId[] packs, long entries, byte[] fences, RunFilter filter) {
        this.name = name;
        this.blob = blob;
        this.packs = packs;
        this.entries = entries;
        this.fences = fences;
        this.filter = filter;
    }

    /** Opens the run called {@code name}; {@link Corruption} if header, fences or size are not what they must be. */
    static Run open(BlobStore blobs, String storeId, GroupId project, String name) {
        BlobReader blob = blobs.open(name);
        try {
            return read(blob, storeId, project, name);
        } catch (RuntimeException e) {
            blob.close();
            throw e;
        }
    }

    private static Run read(BlobReader blob, String storeId, GroupId project, String name) {
        ByteBuffer fixed = ExactRead.of(blob, name, 0, RunFormat.FIXED);
        FileStart.check(fixed, name, RunFormat.MAGIC, storeId);
        fixed.position(RunFormat.FIXED - 12);
        int count = fixed.getInt();
        long entries = fixed.getLong();
        boolean plausible = count >= 1 && count <= MOST_PACKS && entries >= 1 && entries <= blob.size();
        boolean filtered = plausible && blob.size() == RunFormat.length(count, entries) + RunFilter.length(entries);
        if (!plausible || !filtered && blob.size() != RunFormat.length(count, entries)) {
            throw new Corruption(name, RunFormat.FIXED - 12, "its counts do not fit its " + blob.size() + " bytes");
        }
        PackId[] packs = new PackId[count];
        ByteBuffer header = ExactRead.of(blob, name, 0, RunFormat.headerLength(count));
        for (int i = 0; i < count; i++) {
            int at = RunFormat.FIXED + i * PackId.LENGTH;
            packs[i] = new PackId(HexFormat.of().formatHex(header.array(), at, at + PackId.LENGTH));
        }
        String run = RunNames.run(name).orElseThrow(() -> new Corruption(name, 0, "it is not called like a run"));
        if (!RunFormat.header(storeId, project, run, Arrays.asList(packs), entries)
                .equals(header)) {
            throw new Corruption(name, 0, "the header is not that of run " + run + " of project " + project);
        }
        int length = Math.toIntExact(RunFormat.pages(entries) * BlockId.LENGTH);
        long at = RunFormat.fences(count, entries);
        ByteBuffer fences = ExactRead.of(blob, name, at, length + 4);
        if (Checksums.crc32c(fences.array(), 0, length) != fences.getInt(length)) {
            throw new Corruption(name, at, "the fences do not have their checksum");
        }
        RunFilter filter = filtered ? RunFilter.read(blob, name, RunFormat.length(count, entries), entries) : null;
        return new Run(name, blob, packs, entries, fences.array(), filter);
    }

    String name() {
        return name;
    }

    long entries() {
        return entries;
    }

    List<PackId> packs() {
        return Arrays.asList(packs);
    }

    /**
     * Looks up {@code sorted} blocks where {@code found} has null yet. Pages are read in ascending order.
     *
     * @param without packs that are passed over
     */
    void lookup(BlockId[] sorted, BlockLocation[] found, Set<PackId> without) {
        BitSet wanted = new BitSet(sorted.length);
        for (int i = 0; i < sorted.length; i++) {
            wanted.set(i, found[i] == null && (filter == null || filter.mayHave(sorted[i])));
        }
        // dense batches read most pages anyway, then few large reads beat many small ones
        boolean dense = wanted.cardinality() > RunFormat.pages(entries) / 8;
        PageWindow pages = new PageWindow(this, dense ? PageWindow.LARGE : 1);
        int page = 0;
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            page = pageOf(sorted[i], page);
            int entry = page < 0 ? -1 : pages.find(page, sorted[i]);
            page = Math.max(page, 0);
            if (entry >= 0) {
                PackId pack = packs[pages.pack(entry)];
                found[i] = without.contains(pack)
                        ? another(pages, page, entry, sorted[i], without)
                        : new BlockLocation(pack, pages.slot(entry));
            }
        }
    }

    /** An entry of the same block in another pack; entries of a block lie side by side. Null if there is none. */
    private BlockLocation another(PageWindow pages, int at, int entry, BlockId block, Set<PackId> without) {
        int page = at;
        int first = entry;
        while (true) {
            if (first == 0) {
                if (page == 0) {
                    break;
                }
                page--;
                first = pages.enter(page);
            } else if (pages.block(first - 1).equals(block)) {
                first--;
            } else {
                break;
            }
        }
        for (; page < RunFormat.pages(entries); page++, first = 0) {
            int count = pages.enter(page);
            for (int i = first; i < count; i++) {
                if (!pages.block(i).equals(block)) {
                    return null;
                }
                PackId pack = packs[pages.pack(i)];
                if (!without.contains(pack)) {
                    return new BlockLocation(pack, pages.slot(i));
                }
            }
        }
        return null;
    }

    /** All entries, every page checked. */
    Cursor cursor() {
        return new RunCursor(this);
    }

    /** The last page whose first block is not beyond {@code block}, known to be no earlier than {@code from}; or -1. */
    private int pageOf(BlockId block, int from) {
        int low = from;
        int high = (int) RunFormat.pages(entries) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (BlockId.of(fences, middle * BlockId.LENGTH).compareTo(block) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low - 1;
    }

    /** Reads {@code count} pages from {@code page} on, fewer at the end. */
    ByteBuffer pages(int page, int count) {
        long from = offset(page);
        long end = Math.min(offset(page + (long) count), RunFormat.fences(packs.length, entries));
        return ExactRead.of(blob, name, from, (int) (end - from));
    }

    /** Where a page begins in the file. */
    long offset(long page) {
        return RunFormat.headerLength(packs.length) + page * RunFormat.PAGE;
    }

    @Override
    public void close() {
        blob.close();
    }
}
