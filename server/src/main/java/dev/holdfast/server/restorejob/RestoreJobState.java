package dev.holdfast.server.restorejob;

import dev.holdfast.server.delivery.LinkState;

/** Where a job is; the names are the API's {@code statusName}. */
public enum RestoreJobState {
    /** Its archive cannot be downloaded yet. */
    IN_PROGRESS,
    /** Its archive can be downloaded, or could until its link ended. */
    FINISHED,
    /** It cannot be restored: stored bytes are damaged, or an agent could not do it. */
    BROKEN,
    /** An administrator stopped it. */
    KILLED;

    /** Whether a job may go from this state to {@code next}. Nothing leaves BROKEN and KILLED. */
    public boolean mayBecome(RestoreJobState next) {
        return switch (this) {
            case IN_PROGRESS -> next == FINISHED || next == BROKEN || next == KILLED;
            case FINISHED -> next == BROKEN || next == KILLED;
            case BROKEN, KILLED -> false;
        };
    }

    /** The state to show, now that its link is found to be {@code link}. */
    RestoreJobState seenWith(LinkState.Status link) {
        return link == LinkState.Status.FAILED && mayBecome(BROKEN) ? BROKEN : this;
    }
}
