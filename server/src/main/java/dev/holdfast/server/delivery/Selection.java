package dev.holdfast.server.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a request's conditions and ranges select: RFC 9110, sections 13 and 14, in the order of 13.2.2.
 *
 * @param status 200 for the whole, 206 for ranges, 304, 412 or 416
 * @param ranges the bytes of the archive to send, none unless the status is 200 or 206
 */
record Selection(int status, ByteRanges ranges) {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);

    /** Whether it is the archive as a whole, asked for without a range. */
    boolean plain() {
        return status == 200;
    }

    /**
     * Reads the conditions of a request.
     *
     * @param header gives the value of a header, null when there is none
     * @param head whether it is a HEAD, for which ranges mean nothing
     * @param tag the entity tag, with its quotes
     * @param modified the archive's Last-Modified
     */
    static Selection of(UnaryOperator<String> header, boolean head, long size, String tag, Instant modified) {
        Instant second = modified.truncatedTo(ChronoUnit.SECONDS);
        int condition = condition(header, tag, second);
        if (condition != 0) {
            return new Selection(condition, ByteRanges.NONE);
        }
        Optional<ByteRanges> ranges = head || !rangeHolds(header.apply("If-Range"), tag, second)
                ? Optional.empty()
                : RangeHeader.parse(header.apply("Range"), size);
        if (ranges.isEmpty()) {
            return new Selection(200, new ByteRanges(List.of(new ByteRanges.Range(0, size))));
        }
        return new Selection(ranges.get().isEmpty() ? 416 : 206, ranges.get());
    }

    private static int condition(UnaryOperator<String> header, String tag, Instant modified) {
        String ifMatch = header.apply("If-Match");
        String ifUnmodified = header.apply("If-Unmodified-Since");
        if (ifMatch != null) {
            if (!lists(ifMatch, tag, false)) {
                return 412;
            }
        } else if (date(ifUnmodified).map(modified::isAfter).orElse(false)) {
            return 412;
        }
        String ifNoneMatch = header.apply("If-None-Match");
        if (ifNoneMatch != null) {
            return lists(ifNoneMatch, tag, true) ? 304 : 0;
        }
        return date(header.apply("If-Modified-Since"))
                        .map(date -> !modified.isAfter(date))
                        .orElse(false)
                ? 304
                : 0;
    }

    /** Strong comparison: a weak tag never holds, nor does any date but the very one we gave. */
    private static boolean rangeHolds(String ifRange, String tag, Instant modified) {
        if (ifRange == null) {
            return true;
        }
        String value = ifRange.strip();
        return value.startsWith("\"")
                ? value.equals(tag)
                : date(value).map(modified::equals).orElse(false);
    }

    private static boolean lists(String header, String tag, boolean weak) {
        if (header.strip().equals("*")) {
            return true;
        }
        // our tags have no comma in them, so a tag of somebody else's that has one cannot be taken for ours
        for (String item : header.split(",", -1)) {
            String value = item.strip();
            if (value.equals(tag) || weak && value.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** A date as HTTP writes it. */
    static String date(Instant instant) {
        return HTTP_DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static Optional<Instant> date(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), HTTP_DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // a date that cannot be read is no condition: section 13.1
        }
    }
}
