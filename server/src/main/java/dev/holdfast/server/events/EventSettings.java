package dev.holdfast.server.events;

import java.time.Duration;

/**
 * What an operator may change about events.
 *
 * @param keep how long events can be read again
 * @param allowPrivate whether webhooks may lead to addresses that are not public
 * @param attempts how often an event is sent to a webhook until it is given up
 * @param timeout how long a webhook may take to answer
 */
public record EventSettings(Duration keep, boolean allowPrivate, int attempts, Duration timeout) {
    /** A week; public addresses only; 12 attempts, which take about a day; 10 seconds. */
    public static final EventSettings DEFAULTS =
            new EventSettings(Duration.ofDays(7), false, 12, Duration.ofSeconds(10));
}
