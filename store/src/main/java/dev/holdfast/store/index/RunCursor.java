package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.trouble.Corruption;

/** Reads a run from end to end with large reads, and checks that it is sorted. */
final class RunCursor implements Cursor {
    private final Run run;
    private final PageWindow pages;
    private final long lastPage;
    private int page = -1;
    private int entry;
    private int inPage;
    private BlockId block;

    RunCursor(Run run) {
        this.run = run;
        this.pages = new PageWindow(run, PageWindow.LARGE);
        this.lastPage = RunFormat.pages(run.entries()) - 1;
    }

    @Override
    public boolean advance() {
        entry++;
        if (entry >= inPage) {
            if (page == lastPage) {
                return false;
            }
            page++;
            inPage = pages.enter(page);
            entry = 0;
        }
        BlockId next = pages.block(entry);
        if (block != null && block.compareTo(next) > 0) {
            throw new Corruption(run.name(), run.offset(page), "its entries are not sorted");
        }
        block = next;
        return true;
    }

    @Override
    public BlockId block() {
        return block;
    }

    @Override
    public int pack() {
        return pages.pack(entry);
    }

    @Override
    public int slot() {
        return pages.slot(entry);
    }
}
