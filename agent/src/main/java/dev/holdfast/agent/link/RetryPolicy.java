package dev.holdfast.agent.link;

import java.time.Duration;

/**
 * How long to go on when the server does not answer or says that it cannot now.
 *
 * @param attempts how often a request is sent at most, 1 or more
 * @param firstDelay wait before the second attempt; each wait after it is twice as long
 * @param longestDelay no wait is longer, whatever the server asks for
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {
    /** Rides out a restart of the server: about two minutes in all. */
    public static final RetryPolicy STANDARD = new RetryPolicy(12, Duration.ofMillis(200), Duration.ofSeconds(20));

    private static final int MAX_DOUBLINGS = 20;

    /**
     * How long to wait after an attempt.
     *
     * @param attempt which one failed, from 1
     * @param asked how long the server asked to wait, or null
     */
    Duration delay(int attempt, Duration asked) {
        Duration delay = firstDelay.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        delay = asked != null && asked.compareTo(delay) > 0 ? asked : delay;
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
}
