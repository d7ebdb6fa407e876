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
     * Every minute; a week; no sweep by itself, each day where it is switched on. A sweep deletes bytes, and has been
     * killed in memory only, not on a disk: until that drill is a test, an operator asks for it.
     */
    public static final HousekeepingSettings DEFAULTS =
            new HousekeepingSettings(Duration.ofMinutes(1), Duration.ofDays(7), false, Duration.ofDays(1));
}
