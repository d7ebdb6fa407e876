package dev.holdfast.store.cipher;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Ciphers that nobody uses at the moment, so that any number of threads may read ahead without making new ones. */
final class CipherPool {
    private static final int MOST_IDLE = 64;

    private final ConcurrentLinkedDeque<SegmentCipher> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();

    /** The one that was given back last, or a new one. */
    SegmentCipher take() {
        SegmentCipher cipher = idle.pollFirst();
        if (cipher == null) {
            return new SegmentCipher();
        }
        count.decrementAndGet();
        return cipher;
    }

    void give(SegmentCipher cipher) {
        if (count.incrementAndGet() <= MOST_IDLE) {
            idle.addFirst(cipher);
        } else {
            count.decrementAndGet();
        }
    }
}
