package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.HostId;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentState;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.delivery.LinkState.Status;
import java.util.List;

/**
 * What has become of a job, worked out of what its row, its link and its agents say whenever it is shown. Each of them
 * ends for good, so what is seen never goes back.
 *
 * @param delivery the API's {@code delivery.statusName}
 * @param reason why it is BROKEN or KILLED, null otherwise
 * @param works what the agents of an automated restore do, none otherwise
 */
record JobOutcome(RestoreJobState state, String delivery, LinkState link, String reason, List<Work> works) {
    private static final String IN_PROGRESS = "IN_PROGRESS";

    /** What one host's agent does; {@code assignment} null when the target's project was deleted with all its work. */
    record Work(HostId host, Assignment assignment) {
        /** Whether it will never be done. */
        boolean isLost() {
            return assignment == null
                    || assignment.state() == AssignmentState.FAILED
                    || assignment.state() == AssignmentState.CANCELLED;
        }

        /** Why the last attempt failed, null if none did. */
        String reason() {
            return assignment == null ? "the project of the target was deleted" : assignment.reason();
        }
    }

    static JobOutcome of(RestoreJob job, LinkState link, List<Work> works) {
        if (job.state() == RestoreJobState.KILLED) {
            return new JobOutcome(job.state(), Status.INTERRUPTED.name(), link, job.reason(), works);
        }
        if (job.target() != null) {
            return ofAgents(job, link, works);
        }
        RestoreJobState seen = job.state().seenWith(link.status());
        String reason = seen == RestoreJobState.BROKEN ? link.brokenReason() : null;
        return new JobOutcome(seen, link.status().name(), link, reason, works);
    }

    /** The link's state says nothing here: an agent that has all bytes may finish after it ended. */
    private static JobOutcome ofAgents(RestoreJob job, LinkState link, List<Work> works) {
        for (Work work : works) {
            if (work.isLost()) {
                String reason = "host " + work.host() + ": " + work.reason();
                return new JobOutcome(RestoreJobState.BROKEN, Status.FAILED.name(), link, reason, works);
            }
        }
        if (!works.isEmpty()
                && works.stream().allMatch(work -> work.assignment().state() == AssignmentState.DONE)) {
            return new JobOutcome(RestoreJobState.FINISHED, link.status().name(), link, null, works);
        }
        boolean begun = works.stream().anyMatch(work -> work.assignment().attempt() > 0);
        String delivery = begun ? IN_PROGRESS : Status.NOT_STARTED.name();
        return new JobOutcome(job.state(), delivery, link, null, works);
    }

    /** Whether somebody is still at work, so that a caller may wait for news. */
    boolean isOpen() {
        return state == RestoreJobState.IN_PROGRESS;
    }
}
