package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import java.util.List;

/** Where the blocks of one project lie. Safe for use by several threads; the larger the batches, the better. */
public interface BlockIndex extends AutoCloseable {
    /** Where each block lies, in the order of {@code blocks}; null for one that is in no pack. */
    BlockLocation[] lookup(List<BlockId> blocks);

    /** Takes in a sealed pack. From here on its blocks are found; they are lost with the process until the flush. */
    void add(PackId pack, PackIndex blocks);

    /** Makes durable what was added. */
    void flush();

    @Override
    void close();
}
