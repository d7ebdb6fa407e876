package dev.holdfast.server.restorejob;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Is told what is decided of restore jobs, as the last step of the transaction in which it is: it is told exactly when it
 * is so. What becomes of links and of agents' work is told by their rooms. A port that the wiring fills.
 */
@FunctionalInterface
public interface JobWatch {
    /** Does not care. */
    JobWatch NONE = (tx, job, reason, now) -> {};

    /** Somebody who may stopped a job. {@code job} as it was before; {@code reason} names who, for people. */
    void killed(Handle tx, RestoreJob job, String reason, Instant now);
}
