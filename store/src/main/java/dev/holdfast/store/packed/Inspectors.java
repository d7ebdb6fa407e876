package dev.holdfast.store.packed;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.pack.BlockInspector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/** As many inspectors as there were ever threads in one at once, each with the buffers of two blocks. */
final class Inspectors {
    private final ConcurrentLinkedDeque<BlockInspector> idle = new ConcurrentLinkedDeque<>();
    private final int blockSize;

    Inspectors(int blockSize) {
        this.blockSize = blockSize;
    }

    int inspect(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
        return with(inspector -> inspector.inspect(block, plainLength, bytes, offset, length));
    }

    int[] inspectBoth(IncomingBlock one, IncomingBlock other) {
        return with(inspector -> inspector.inspectBoth(one, other));
    }

    private <T> T with(Function<BlockInspector, T> work) {
        BlockInspector taken = idle.pollFirst();
        BlockInspector inspector = taken == null ? new BlockInspector(blockSize) : taken;
        try {
            return work.apply(inspector);
        } finally {
            idle.addFirst(inspector);
        }
    }
}
