package dev.holdfast.server.scrub;

import java.time.Duration;
import java.time.LocalTime;

/**
 * When and how much a node scrubs.
 *
 * @param bytesPerDay bytes to read each day, 0 for none
 * @param pauseFrom hour from which nothing is read, UTC; equal to {@code pauseTo} for no pause
 * @param pauseTo hour from which it is read again, UTC; may be before {@code pauseFrom}, over midnight
 */
public record ScrubSettings(long bytesPerDay, int pauseFrom, int pauseTo) {
    /** 50 GiB a day, without a pause. */
    public static final ScrubSettings DEFAULTS = new ScrubSettings(50L << 30, 0, 0);

    /** Checks the bounds. */
    public ScrubSettings {
        if (bytesPerDay < 0 || pauseFrom < 0 || pauseFrom > 23 || pauseTo < 0 || pauseTo > 24) {
            throw new IllegalArgumentException(
                    "a pause is FROM-TO in hours, as 8-20, not " + pauseFrom + "-" + pauseTo);
        }
    }

    /** The same with a pause that is written {@code FROM-TO}, in hours of UTC. */
    public ScrubSettings withPause(String hours) {
        if (!hours.matches("\\d{1,2}-\\d{1,2}")) {
            throw new IllegalArgumentException("a pause is FROM-TO in hours, as 8-20, not " + hours);
        }
        int dash = hours.indexOf('-');
        return new ScrubSettings(
                bytesPerDay, Integer.parseInt(hours.substring(0, dash)), Integer.parseInt(hours.substring(dash + 1)));
    }

    /** Whether nothing is read at that time of day. */
    boolean pausesAt(LocalTime time) {
        int hour = time.getHour();
        return pauseFrom <= pauseTo ? hour >= pauseFrom && hour < pauseTo : hour >= pauseFrom || hour < pauseTo;
    }

    /** What falls to an interval, when the day's bytes are spread over the hours without a pause. */
    long bytesIn(Duration interval) {
        int paused = pauseFrom <= pauseTo ? pauseTo - pauseFrom : 24 - pauseFrom + pauseTo;
        long active = Duration.ofHours(Math.max(1, 24 - paused)).toSeconds();
        return Math.max(1, (long) ((double) bytesPerDay / active * interval.toSeconds()));
    }
}
