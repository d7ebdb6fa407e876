package dev.holdfast.store.archive;

import dev.holdfast.contract.segment.Crc32Combine;
import dev.holdfast.contract.trouble.Corruption;
import java.util.zip.CRC32;

/**
 * Walks over the pieces of an archive in order: literal bytes, extents, holes. Reads pages of the plan, never a pack.
 * Stands before its first piece until {@link #next}. For one thread.
 */
final class Pieces {
    private static final int HEAD = -1;

    private final VirtualArchive archive;
    private final ArchivePlan plan;
    private final CRC32 crc = new CRC32();

    /** {@link #HEAD}, a page, the number of pages for the tail, one more for the trailer. */
    private int stretch;

    private PlanPage page;
    private long left;
    private int padding;

    private long end;
    private long length;
    private byte[] literal;
    private Extent extent;
    private long holeBlocks;
    private long tarBytes;

    /** Begins with the stretch that holds {@code offset}. */
    Pieces(VirtualArchive archive, long offset) {
        this.archive = archive;
        this.plan = archive.plan();
        if (offset < plan.stretchStart(0)) {
            stretch = HEAD;
            end = 0;
        } else {
            stretch = plan.pageAt(offset);
            end = plan.stretchStart(stretch);
        }
    }

    /** Moves to the next piece; there must be one. */
    void next() {
        literal = null;
        extent = null;
        holeBlocks = 0;
        while (stretch >= 0 && stretch < plan.pages()) {
            if (page == null) {
                begin();
            }
            if (nextOfPage()) {
                return;
            }
            page = null;
            stretch++;
            if (end != plan.stretchStart(stretch)) {
                throw new Corruption(
                        plan.name(),
                        0,
                        "its page " + (stretch - 1) + " ends at byte " + end + " of the archive, not at "
                                + plan.stretchStart(stretch));
            }
        }
        if (stretch == HEAD) {
            literal(archive.head().bytes(), archive.head().tarBytes());
        } else if (stretch == plan.pages()) {
            byte[] tail = archive.tail();
            literal(tail, tail.length - ArchiveTail.length(0) + ArchiveTail.TRAILER);
        } else if (stretch == plan.pages() + 1) {
            length(ArchiveTail.TRAILER, 0);
        } else {
            throw new IllegalStateException("the archive has no more pieces");
        }
        stretch++;
    }

    /** Where the current piece begins. */
    long start() {
        return end - length;
    }

    /** Where the current piece ends; where the first one begins before {@link #next}. */
    long end() {
        return end;
    }

    /** The current piece if it is an extent. */
    Extent extent() {
        return extent;
    }

    /** Blocks of the current piece if it is a hole, else 0. */
    long holeBlocks() {
        return holeBlocks;
    }

    /** Whether the current piece is the trailer, which is the last. */
    boolean isTrailer() {
        return stretch == plan.pages() + 2;
    }

    /** Bytes of the current piece if it is neither extent nor hole; the trailer's may need a walk over all pages. */
    byte[] literal() {
        return isTrailer() ? archive.trailer() : literal;
    }

    /** How many bytes of tar the current piece stands for. */
    long tarBytes() {
        return tarBytes;
    }

    /** CRC-32 of those. */
    int tarCrc32() {
        if (extent != null) {
            return extent.plainCrc32();
        }
        if (holeBlocks > 0) {
            return Crc32Combine.CRC32.repeat(archive.zeroBlockCrc32(), archive.blockSize(), holeBlocks);
        }
        if (literal == archive.head().bytes()) {
            return archive.head().tarCrc32();
        }
        crc.reset();
        crc.update(literal, StoredBlock.OVERHEAD, (int) tarBytes);
        return (int) crc.getValue();
    }

    private void begin() {
        page = plan.page(stretch);
        left = page.left();
        padding = TarHeaders.padding(left);
    }

    private boolean nextOfPage() {
        PlanRecord record = page.next();
        if (record == null) {
            boolean due = left == 0 && padding > 0;
            if (due) {
                storedBlock(new byte[0]);
                padding = 0;
            }
            return due;
        }
        if (record instanceof PlanRecord.Entry entry) {
            storedBlock(archive.headers().bytes(entry.file()));
            left = entry.file().size();
            padding = TarHeaders.padding(left);
        } else if (record instanceof Extent run) {
            extent = run;
            length(run.storedBytes(), run.plainBytes());
            left -= run.plainBytes();
        } else if (record instanceof PlanRecord.Hole hole) {
            holeBlocks = hole.blocks();
            long bytes = holeBlocks * archive.blockSize();
            length(holeBlocks * archive.zeroSegment().length, bytes);
            left -= bytes;
        }
        return true;
    }

    private void storedBlock(byte[] header) {
        int content = padding + header.length;
        byte[] block = new byte[StoredBlock.OVERHEAD + content];
        StoredBlock.begin(block, 0, content);
        System.arraycopy(header, 0, block, StoredBlock.OVERHEAD + padding, header.length);
        literal(block, content);
    }

    private void literal(byte[] bytes, long tar) {
        literal = bytes;
        length(bytes.length, tar);
    }

    private void length(long archiveBytes, long tar) {
        length = archiveBytes;
        end += archiveBytes;
        tarBytes = tar;
    }
}
