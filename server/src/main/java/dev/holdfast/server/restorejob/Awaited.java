package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.JobId;
import java.util.List;
import java.util.Map;

/** What a caller who prefers to wait is waiting for: news of jobs of which at least one is still IN_PROGRESS. */
final class Awaited {
    private Awaited() {}

    /** The states of a job while it is in progress, else null. */
    static Object of(JobOutcome outcome) {
        return outcome.isOpen() ? states(outcome) : null;
    }

    /** The states of several jobs while one of them is in progress, else null. */
    static Object of(List<RestoreJob> jobs, Map<JobId, JobOutcome> outcomes) {
        return outcomes.values().stream().anyMatch(JobOutcome::isOpen)
                ? jobs.stream().map(job -> states(outcomes.get(job.id()))).toList()
                : null;
    }

    private static String states(JobOutcome outcome) {
        return outcome.state() + " " + outcome.delivery();
    }
}
