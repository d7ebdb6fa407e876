package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.ByteRanges.Range;

/** What is in the file by now. Many threads add, one looks. */
final class Received {
    private ByteRanges ranges;

    Received(ByteRanges already) {
        this.ranges = already;
    }

    /** Only after the bytes were written. */
    synchronized void add(Range range) {
        ranges = ranges.plus(range);
    }

    synchronized ByteRanges now() {
        return ranges;
    }
}
