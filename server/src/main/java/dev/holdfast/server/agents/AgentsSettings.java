package dev.holdfast.server.agents;

import java.time.Duration;

/**
 * How agents are waited for.
 *
 * @param lease without a report in this time work is given to another
 * @param poll when an agent asks again
 * @param silence without a sign in this time an agent counts as gone
 * @param retryAfter how long work rests after a failed attempt
 */
public record AgentsSettings(Duration lease, Duration poll, Duration silence, Duration retryAfter) {
    /** What holds when nothing is set. */
    public static final AgentsSettings DEFAULTS = new AgentsSettings(
            Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(1));
}
