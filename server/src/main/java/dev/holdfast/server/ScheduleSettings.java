package dev.holdfast.server;

import dev.holdfast.server.agents.AgentsSettings;
import java.time.Duration;

/**
 * When snapshots are looked for that are due, and how agents are waited for.
 *
 * @param interval between two looks
 * @param agents how agents are waited for
 */
public record ScheduleSettings(Duration interval, AgentsSettings agents) {
    /** What holds when nothing is set. */
    public static final ScheduleSettings DEFAULTS =
            new ScheduleSettings(Duration.ofSeconds(15), AgentsSettings.DEFAULTS);
}
