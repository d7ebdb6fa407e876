package dev.holdfast.server.overview;

import dev.holdfast.server.schedule.Plan;
import dev.holdfast.server.snapshot.KeptSnapshot;
import java.time.Instant;

/** How a deployment stands; the names are the API's {@code stateName}. */
enum State {
    /** The last complete snapshot is not older than two intervals: one is made every interval, and it takes its time. */
    OK,
    /** It is. */
    LATE,
    /** Snapshots should be made, and there is none. */
    NEVER,
    /** Nobody asked for snapshots. */
    UNSCHEDULED;

    /** {@code last} null for none. */
    static State of(Plan plan, KeptSnapshot last, Instant now) {
        if (!plan.isActive()) {
            return UNSCHEDULED;
        }
        if (last == null) {
            return NEVER;
        }
        return Deployments.lateBy(plan, last, now).compareTo(plan.interval()) > 0 ? LATE : OK;
    }
}
