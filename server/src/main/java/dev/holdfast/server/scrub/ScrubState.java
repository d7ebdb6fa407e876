package dev.holdfast.server.scrub;

import dev.holdfast.store.scrub.ScrubCursor;
import java.time.Duration;
import java.time.Instant;

/**
 * How far the scrub is.
 *
 * @param cursor where it goes on
 * @param roundBegun when the round in progress began, null between two rounds
 * @param roundBytes bytes read in it so far
 * @param lastBegun when the last whole round began, null before the first
 * @param lastEnded when it ended, null before the first
 * @param lastBytes bytes it read
 * @param day days since 1970 (UTC) that {@code dayBytes} is about
 * @param dayBytes bytes read on that day
 * @param touched when something was last read, null before the first slice
 */
public record ScrubState(
        ScrubCursor cursor,
        Instant roundBegun,
        long roundBytes,
        Instant lastBegun,
        Instant lastEnded,
        long lastBytes,
        long day,
        long dayBytes,
        Instant touched) {
    /** Before the first slice. */
    static final ScrubState NEVER = new ScrubState(ScrubCursor.START, null, 0, null, null, 0, 0, 0, null);

    /** Bytes read on the day of {@code now}. */
    public long readToday(Instant now) {
        return day == dayOf(now) ? dayBytes : 0;
    }

    /**
     * How long ago every byte that was there then had been read: since the last whole round began; null before the first
     * is over.
     */
    public Duration age(Instant now) {
        return lastBegun == null ? null : Duration.between(lastBegun, now);
    }

    /**
     * Whether the scrub is behind what its settings promise: the last whole round began longer ago than two rounds should
     * take, with two days of grace for pauses and restarts. Not when it is switched off, and not before it began.
     */
    public boolean isOverdue(ScrubSettings settings, Instant now) {
        Instant since = lastBegun == null ? roundBegun : lastBegun;
        if (settings.bytesPerDay() == 0 || since == null) {
            return false;
        }
        long days = Math.max(lastBytes, roundBytes) / settings.bytesPerDay() + 1;
        return Duration.between(since, now).compareTo(Duration.ofDays(2 * days + 2)) > 0;
    }

    static long dayOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }
}
