package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.CliTrouble;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time to restore to.
 *
 * @param instant the time
 * @param increment of the oplog entry in that second; null for none in particular
 */
public record PointInTime(Instant instant, Long increment) {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");
    private static final Pattern MILLIS = Pattern.compile("\\d{12,13}");
    private static final Pattern ENTRY = Pattern.compile("(\\d{1,10}):(\\d{1,10})");

    /**
     * Reads what an operator types.
     *
     * @throws CliTrouble for anything that is no time, or no certain one: a date without its offset
     */
    public static PointInTime parse(String text) throws IOException {
        Matcher entry = ENTRY.matcher(text);
        if (entry.matches()) {
            return new PointInTime(Instant.ofEpochSecond(Long.parseLong(entry.group(1))), Long.valueOf(entry.group(2)));
        }
        if (SECONDS.matcher(text).matches()) {
            return new PointInTime(Instant.ofEpochSecond(Long.parseLong(text)), null);
        }
        if (MILLIS.matcher(text).matches()) {
            return new PointInTime(Instant.ofEpochMilli(Long.parseLong(text)), null);
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.getEpochSecond() >= 0 && instant.getEpochSecond() <= 0xffff_ffffL) {
                return new PointInTime(instant, null);
            }
        } catch (DateTimeException e) {
            // the same trouble
        }
        throw CliTrouble.failed(
                "not a time: " + text,
                "write it as 2016-02-21T23:51:30Z or 2016-02-22T00:51:30+01:00, as seconds or milliseconds since 1970,"
                        + " or as SECONDS:INCREMENT.");
    }

    /** Writes it into the body of a request, as the API has it. */
    public void into(ObjectNode body) {
        if (increment == null) {
            body.put("pointInTimeUTCMillis", instant.toEpochMilli());
        } else {
            body.put("oplogTs", Long.toString(instant.getEpochSecond()));
            body.put("oplogInc", increment.longValue());
        }
    }

    @Override
    public String toString() {
        return increment == null
                ? instant.toString()
                : instant.getEpochSecond() + ":" + increment + " (" + instant + ")";
    }
}
