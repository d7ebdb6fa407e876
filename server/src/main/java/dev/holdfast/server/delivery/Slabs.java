package dev.holdfast.server.delivery;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers that the store reads into and the socket writes from, without a copy between. There are as many as
 * were ever in use at once; how many that can be is bounded by who takes them.
 */
final class Slabs {
    private final int bytes;
    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

    Slabs(int bytes) {
        this.bytes = bytes;
    }

    ByteBuffer take() {
        ByteBuffer slab = idle.poll();
        return slab == null ? ByteBuffer.allocateDirect(bytes) : slab.clear();
    }

    /** Takes a buffer back that nobody reads or writes any more. */
    void give(ByteBuffer slab) {
        idle.add(slab);
    }

    /** Number of buffers that are not in use. */
    int idle() {
        return idle.size();
    }
}
