package dev.holdfast.server.overview;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.RunJson;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentState;
import dev.holdfast.server.restorejob.RestoreJob;
import dev.holdfast.server.restorejob.RestoreJobState;
import dev.holdfast.server.schedule.SeenRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A run as the API shows it; the state of a restore is worked out of what its agents said. */
final class RunDocument {
    static final String QUEUED = "QUEUED";
    static final String RUNNING = "RUNNING";
    private static final String DONE = "DONE";
    private static final String FAILED = "FAILED";
    private static final String CANCELLED = "CANCELLED";

    private RunDocument() {}

    static RunJson of(SeenRun run, List<Assignment> work) {
        String open = hasBegun(work) ? RUNNING : QUEUED;
        return new RunJson(
                ApiJson.date(run.begun()),
                run.cluster().hex(),
                ApiJson.date(run.due()),
                date(run.ended()),
                run.id(),
                null,
                "SNAPSHOT",
                run.onDemand(),
                run.reason(),
                run.snapshot().hex(),
                run.isRunning() ? open : run.isDone() ? DONE : FAILED,
                work.stream().map(RunDocument::of).toList());
    }

    /** {@code hosts}: how many it goes to; the work of some is gone with their project. */
    static RunJson of(RestoreJob job, List<Assignment> work, int hosts) {
        Assignment lost = work.stream()
                .filter(one -> one.state() == AssignmentState.FAILED || one.state() == AssignmentState.CANCELLED)
                .findFirst()
                .orElse(null);
        String state;
        String reason = null;
        if (job.state() == RestoreJobState.KILLED) {
            state = CANCELLED;
            reason = job.reason();
        } else if (lost != null) {
            state = FAILED;
            reason = "host " + lost.host() + ": " + lost.reason();
        } else if (work.size() < hosts) {
            state = FAILED;
            reason = "the project of the target was deleted";
        } else if (work.stream().allMatch(one -> one.state() == AssignmentState.DONE)) {
            state = DONE;
        } else {
            state = hasBegun(work) ? RUNNING : QUEUED;
        }
        boolean open = state.equals(QUEUED) || state.equals(RUNNING);
        Instant ended = work.stream()
                .map(Assignment::ended)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new RunJson(
                ApiJson.date(job.created()),
                job.target().clusterId().hex(),
                null,
                open ? null : date(ended),
                job.id().hex(),
                job.id().hex(),
                "RESTORE",
                null,
                reason,
                job.snapshotId().hex(),
                state,
                work.stream().map(RunDocument::of).toList());
    }

    private static RunJson.WorkJson of(Assignment work) {
        return new RunJson.WorkJson(
                work.agent(),
                work.attempt(),
                work.done(),
                work.host() == null ? null : work.host().hex(),
                work.id().hex(),
                work.reason(),
                switch (work.state()) {
                    case OPEN -> QUEUED;
                    case LEASED -> RUNNING;
                    case DONE -> DONE;
                    case FAILED -> FAILED;
                    case CANCELLED -> CANCELLED;
                },
                work.step(),
                work.total());
    }

    private static boolean hasBegun(List<Assignment> work) {
        return work.stream().anyMatch(one -> one.attempt() > 0);
    }

    private static String date(Instant moment) {
        return moment == null ? null : ApiJson.date(moment);
    }
}
