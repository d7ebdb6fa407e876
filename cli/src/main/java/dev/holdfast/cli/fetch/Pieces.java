package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.util.ArrayDeque;
import java.util.Optional;

/** What is still to be asked for, in pieces and from the front: so the file has few gaps at any time. */
final class Pieces {
    private static final long SMALLEST = 1L << 20;
    private static final long LARGEST = 64L << 20;

    private final ArrayDeque<Range> left;
    private final long size;

    Pieces(ByteRanges missing, int streams) {
        this.left = new ArrayDeque<>(missing.ranges());
        this.size = Math.min(LARGEST, Math.max(SMALLEST, missing.size() / (4L * streams)));
    }

    /** The next one; nobody else gets these bytes. Empty when there are no more. */
    synchronized Optional<Range> next() {
        Range first = left.poll();
        if (first == null) {
            return Optional.empty();
        }
        if (first.length() <= size) {
            return Optional.of(first);
        }
        left.addFirst(new Range(first.from() + size, first.to()));
        return Optional.of(new Range(first.from(), first.from() + size));
    }
}
