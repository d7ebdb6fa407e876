package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.io.IOException;

/** What is in the file by now. Many threads add, one looks, and some wait for what comes next from the front. */
final class Received {
    private ByteRanges ranges;
    private IOException failure;

    Received(ByteRanges already) {
        this.ranges = already;
    }

    /** Only after the bytes were written. */
    synchronized void add(Range range) {
        long before = front();
        ranges = ranges.plus(range);
        if (front() != before) {
            notifyAll();
        }
    }

    synchronized ByteRanges now() {
        return ranges;
    }

    /**
     * Waits until there is more than {@code position} bytes without a gap from the front.
     *
     * @return how many there are
     * @throws IOException if it was given up
     */
    synchronized long beyond(long position) throws IOException, InterruptedException {
        while (front() <= position) {
            requireGoing();
            wait();
        }
        requireGoing();
        return front();
    }

    /** Nothing more comes, or nobody wants it: whoever waits ends with that trouble. The first one stays. */
    synchronized void giveUp(IOException trouble) {
        if (failure == null) {
            failure = trouble;
            notifyAll();
        }
    }

    /** Complains if it was given up. */
    synchronized void requireGoing() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private long front() {
        return ranges.ranges().isEmpty() || ranges.ranges().get(0).from() > 0
                ? 0
                : ranges.ranges().get(0).to();
    }
}
