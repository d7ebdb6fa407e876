package dev.holdfast.server.delivery;

import dev.holdfast.server.delivery.ByteRanges.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Range header of RFC 9110, section 14.2. */
final class RangeHeader {
    /** Most ranges of one answer, after those that overlap or touch were joined. */
    static final int MAX_RANGES = 16;

    private static final String UNIT = "bytes=";

    private RangeHeader() {}

    /**
     * What a header asks for.
     *
     * @param header its value, null when there is none
     * @param size bytes of the archive
     * @return the ranges in ascending order, none of them for a header that nothing can satisfy; empty for a header
     *     that is to be ignored: malformed, of another unit, or with more than {@link #MAX_RANGES} ranges
     */
    static Optional<ByteRanges> parse(String header, long size) {
        if (header == null || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        boolean any = false;
        for (String item : header.substring(UNIT.length()).split(",", -1)) {
            String spec = item.strip();
            if (spec.isEmpty()) {
                continue; // a list may have empty elements: section 5.6.1
            }
            any = true;
            int dash = spec.indexOf('-');
            if (dash < 0
                    || !digits(spec.substring(0, dash))
                    || !digits(spec.substring(dash + 1))
                    || spec.length() < 2) {
                return Optional.empty();
            }
            long first = number(spec.substring(0, dash));
            long last = number(spec.substring(dash + 1));
            if (dash == 0) {
                first = Math.max(0, size - last);
                last = size - 1;
            } else if (dash == spec.length() - 1) {
                last = size - 1;
            } else if (first > last) {
                return Optional.empty();
            }
            if (first < size) {
                ranges.add(new Range(first, Math.min(last, size - 1) + 1));
            }
        }
        ByteRanges joined = ByteRanges.of(ranges);
        return any && joined.ranges().size() <= MAX_RANGES ? Optional.of(joined) : Optional.empty();
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A number that is too large to matter is as good as the largest. */
    private static long number(String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
