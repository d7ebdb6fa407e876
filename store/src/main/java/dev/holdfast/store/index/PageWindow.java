package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.format.Checksums;
import java.nio.ByteBuffer;

/** Some pages of a run in memory, moving forward; a page is checked when it is entered. For one thread. */
final class PageWindow {
    /** Pages of a large read, about 256 KiB. */
    static final int LARGE = 64;

    private final Run run;
    private final int width;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int first;
    private int page = -1;
    private int start;
    private int entries;

    PageWindow(Run run, int width) {
        this.run = run;
        this.width = width;
    }

    /** Makes {@code wanted} the page that the other methods speak of; answers its number of entries. */
    int enter(int wanted) {
        if (wanted == page) {
            return entries;
        }
        // in long: a run of 54 million blocks has pages 2 GiB apart
        if (page < 0 || wanted < first || (long) (wanted - first) * RunFormat.PAGE >= bytes.limit()) {
            bytes = run.pages(wanted, width);
            first = wanted;
        }
        start = (wanted - first) * RunFormat.PAGE;
        int length = Math.min(RunFormat.PAGE, bytes.limit() - start) - 4;
        if (Checksums.crc32c(bytes.array(), start, length) != bytes.getInt(start + length)) {
            throw new Corruption(run.name(), run.offset(wanted), "the page does not have its checksum");
        }
        entries = length / RunFormat.ENTRY;
        page = wanted;
        return entries;
    }

    /** The entry of a block in a page, or -1. */
    int find(int wanted, BlockId block) {
        int low = 0;
        int high = enter(wanted) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = block(middle).compareTo(block);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    BlockId block(int entry) {
        return BlockId.of(bytes.array(), start + entry * RunFormat.ENTRY);
    }

    int pack(int entry) {
        int pack = bytes.getInt(start + entry * RunFormat.ENTRY + BlockId.LENGTH);
        if (pack < 0 || pack >= run.packs().size()) {
            throw new Corruption(run.name(), run.offset(page), "it names pack " + pack + ", which its table lacks");
        }
        return pack;
    }

    int slot(int entry) {
        return bytes.getInt(start + entry * RunFormat.ENTRY + BlockId.LENGTH + 4);
    }
}
