package dev.holdfast.server.http;

import java.time.Instant;

/** An answer that may change while its caller waits for it. Looked at on worker threads, one look at a time. */
@FunctionalInterface
public interface Prospect {
    /** What there is to answer at {@code now}. May block for a moment, and may refuse. */
    Look look(Instant now);

    /**
     * What was seen.
     *
     * @param answer what to answer if the wait ends here
     * @param awaited what may still change, compared by {@code equals}; null when nothing is going to
     */
    record Look(Answer answer, Object awaited) {}
}
