package dev.holdfast.server.access;

import java.time.Duration;

/**
 * How long who signed in from a browser stays so. All nodes should have the same.
 *
 * @param idle time without a request of somebody at the page, 1 minute to 1 day
 * @param lifetime time after which a session ends whatever happens, 5 minutes to 30 days
 * @param mostPerKey sessions of one key at once, 1 to 1000
 */
public record SessionSettings(Duration idle, Duration lifetime, int mostPerKey) {
    /** Half an hour, half a day, 20. */
    public static final SessionSettings DEFAULTS =
            new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12), 20);

    /** Checks the bounds. */
    public SessionSettings {
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a session's idle time must be 1 minute to 1 day, not " + idle);
        }
        if (lifetime.compareTo(Duration.ofMinutes(5)) < 0 || lifetime.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("a session's lifetime must be 5 minutes to 30 days, not " + lifetime);
        }
        if (mostPerKey < 1 || mostPerKey > 1000) {
            throw new IllegalArgumentException("sessions per key must be 1 to 1000, not " + mostPerKey);
        }
    }

    /** How old the note of the last use may get before it is written anew: a busy page must not write with each request. */
    Duration precision() {
        return idle.dividedBy(20);
    }
}
