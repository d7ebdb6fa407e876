package dev.holdfast.server.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of byte positions, kept as ranges in order that neither overlap nor touch. Immutable.
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

    /** Every position of {@code some}, in whatever order and however they overlap. */
    static ByteRanges of(List<Range> some) {
        ByteRanges all = NONE;
        for (Range range : some) {
            all = all.plus(range);
        }
        return all;
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

    /** The parts of {@code range} that are in the set. */
    ByteRanges within(Range range) {
        List<Range> result = new ArrayList<>();
        for (Range mine : ranges) {
            long from = Math.max(mine.from(), range.from());
            long to = Math.min(mine.to(), range.to());
            if (from < to) {
                result.add(new Range(from, to));
            }
        }
        return new ByteRanges(result);
    }

    /** Number of positions. */
    long size() {
        long sum = 0;
        for (Range range : ranges) {
            sum += range.length();
        }
        return sum;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** {@code FROM-TO,FROM-TO…}, as a row keeps it. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(range.from())
                    .append('-')
                    .append(range.to());
        }
        return text.toString();
    }

    /** Reads {@link #text}. */
    static ByteRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String range : text.split(",", -1)) {
                int dash = range.indexOf('-');
                ranges.add(new Range(
                        Long.parseLong(range, 0, dash, 10), Long.parseLong(range, dash + 1, range.length(), 10)));
            }
        }
        return new ByteRanges(ranges);
    }
}
