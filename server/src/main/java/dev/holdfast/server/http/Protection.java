package dev.holdfast.server.http;

import java.time.Duration;

/**
 * How a server keeps itself and others safe from too much, and how it stops.
 *
 * @param perMinute requests per minute that a project may make of a node; 0 for no limit
 * @param burst how many of them may come at once; 0 for as many as in a minute
 * @param drain how long a stop waits for requests, downloads above all, that are under way
 */
public record Protection(int perMinute, int burst, Duration drain) {
    /** No limit; a stop waits for up to 30 seconds, well within what service managers grant. */
    public static final Protection DEFAULTS = new Protection(0, 0, Duration.ofSeconds(30));
}
