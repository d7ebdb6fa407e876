package dev.holdfast.server.agents;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Is told how the work of agents ends, as the last step of the transaction in which it does. What a room took back is not
 * told: it knows. A port that the wiring fills.
 */
public interface AssignmentWatch {
    /** Does not care. */
    AssignmentWatch NONE = new AssignmentWatch() {
        @Override
        public void done(Handle tx, Assignment work, Instant now) {}

        @Override
        public void failed(Handle tx, Assignment work, String reason, Instant now) {}
    };

    /** It is done. {@code work} as it was before. */
    void done(Handle tx, Assignment work, Instant now);

    /** It failed and is not tried again. {@code work} as it was before; its host is null if no agent ever had it. */
    void failed(Handle tx, Assignment work, String reason, Instant now);
}
