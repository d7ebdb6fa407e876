package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;

/** Entries in the order of a run. Stands before the first one until it is moved. */
interface Cursor {
    /** Moves to the next entry; false after the last one. */
    boolean advance();

    BlockId block();

    /** Ordinal of the pack in the table of whatever the entries are of. */
    int pack();

    int slot();
}
