package dev.holdfast.server;

import java.time.Duration;

/**
 * When a node tidies up.
 *
 * @param interval from the end of one round to the next; a snapshot lives that much longer than it must
 * @param abandonAfter age of a snapshot of which nothing was ever committed, after which it is given up
 * @param sweeps whether the store is swept at all
 * @param sweepInterval from one sweep to the next
 */
public record HousekeepingSettings(Duration interval, Duration abandonAfter, boolean sweeps, Duration sweepInterval) {
    /**
     * Every minute; a week; a sweep each day. A store that only grows fills its disk, and then no capture works; a sweep is
     * killed at every step, on a disk, in a test.
     */
    public static final HousekeepingSettings DEFAULTS =
            new HousekeepingSettings(Duration.ofMinutes(1), Duration.ofDays(7), true, Duration.ofDays(1));
}
