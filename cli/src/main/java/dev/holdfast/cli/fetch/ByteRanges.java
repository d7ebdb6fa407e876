package dev.holdfast.cli.fetch;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of positions in a file, kept as ranges in order that neither overlap nor touch. Immutable.
 *
 * @param ranges the ranges
 */
record ByteRanges(List<Range> ranges) {
    static final ByteRanges NONE = new ByteRanges(List.of());

    ByteRanges {
        ranges = List.copyOf(ranges);
    }

    /** Bytes {@code from} (inclusive) to {@code to} (exclusive); at least one. */
    record Range(long from, long to) {
        Range {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("no range: " + from + "-" + to);
            }
        }

        long length() {
            return to - from;
        }
    }

    ByteRanges plus(Range more) {
        List<Range> result = new ArrayList<>(ranges.size() + 1);
        long from = more.from();
        long to = more.to();
        int i = 0;
        for (; i < ranges.size() && ranges.get(i).to() < from; i++) {
            result.add(ranges.get(i));
        }
        for (; i < ranges.size() && ranges.get(i).from() <= to; i++) {
            from = Math.min(from, ranges.get(i).from());
            to = Math.max(to, ranges.get(i).to());
        }
        result.add(new Range(from, to));
        result.addAll(ranges.subList(i, ranges.size()));
        return new ByteRanges(result);
    }

    /** The positions below {@code size} that are not in the set. */
    ByteRanges missing(long size) {
        List<Range> gaps = new ArrayList<>();
        long next = 0;
        for (Range range : ranges) {
            if (range.from() >= size) {
                break;
            }
            if (range.from() > next) {
                gaps.add(new Range(next, range.from()));
            }
            next = range.to();
        }
        if (next < size) {
            gaps.add(new Range(next, size));
        }
        return new ByteRanges(gaps);
    }

    /** The positions below {@code size} that are in the set. */
    ByteRanges below(long size) {
        return missing(size).missing(size);
    }

    /** Number of positions. */
    long size() {
        return ranges.stream().mapToLong(Range::length).sum();
    }
}
