package dev.holdfast.contract.publicapi;

import java.time.Instant;

/**
 * A BSON timestamp.
 *
 * @param date ISO 8601, UTC, whole seconds
 * @param increment ordinal within that second; a JSON number, for clients decode it as one
 */
public record TimestampJson(String date, long increment) {
    /** The timestamp of a second since the epoch. */
    public static TimestampJson of(long seconds, long increment) {
        return new TimestampJson(ApiJson.date(Instant.ofEpochSecond(seconds)), increment);
    }
}
