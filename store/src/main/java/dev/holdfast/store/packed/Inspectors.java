package dev.holdfast.store.packed;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.pack.BlockInspector;
import java.util.concurrent.ConcurrentLinkedDeque;

/** As many inspectors as there were ever threads in one at once, each with the buffers of one block. */
final class Inspectors {
    private final ConcurrentLinkedDeque<BlockInspector> idle = new ConcurrentLinkedDeque<>();
    private final int blockSize;

    Inspectors(int blockSize) {
        this.blockSize = blockSize;
    }

    int inspect(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
        BlockInspector taken = idle.pollFirst();
        BlockInspector inspector = taken == null ? new BlockInspector(blockSize) : taken;
        try {
            return inspector.inspect(block, plainLength, bytes, offset, length);
        } finally {
            idle.addFirst(inspector);
        }
    }
}
