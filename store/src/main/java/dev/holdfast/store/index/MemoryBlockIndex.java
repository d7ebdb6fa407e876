package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** An index in the heap, about 150 bytes for each block: for small things and for tests. */
public final class MemoryBlockIndex implements BlockIndex {
    private final ConcurrentHashMap<BlockId, BlockLocation> blocks = new ConcurrentHashMap<>();

    @Override
    public BlockLocation[] lookup(List<BlockId> wanted) {
        return wanted.stream().map(blocks::get).toArray(BlockLocation[]::new);
    }

    @Override
    public void add(PackId pack, PackIndex index) {
        for (int slot = 0; slot < index.size(); slot++) {
            blocks.putIfAbsent(index.block(slot), new BlockLocation(pack, slot));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
