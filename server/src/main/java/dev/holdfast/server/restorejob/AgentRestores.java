package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Automated restores, seen from the project whose agents do them. */
public final class AgentRestores {
    private final Agents agents;

    /** Does no I/O. */
    public AgentRestores(Agents agents) {
        this.agents = agents;
    }

    /** The jobs that restore into a project, newest first, at most so many. */
    public List<RestoreJob> newest(Handle handle, GroupId into, int most) {
        return RestoreJobTable.into(handle, into, most);
    }

    /** How many jobs restore into a project, or did. */
    public long count(Handle handle, GroupId into) {
        return RestoreJobTable.countInto(handle, into);
    }

    /** The assignments of some jobs, each job's in the order of its hosts. */
    public Map<JobId, List<AssignmentId>> work(Handle handle, Collection<JobId> jobs) {
        Map<JobId, List<AssignmentId>> work = new HashMap<>();
        if (!jobs.isEmpty()) {
            TargetTable.ofJobs(handle, jobs)
                    .forEach((job, rows) -> work.put(
                            job, rows.stream().map(TargetTable.Row::assignment).toList()));
        }
        return work;
    }

    /**
     * How a whole job ended, when it did with the end of one host.
     *
     * @param job as it was made
     * @param reason why it failed; null when every host is restored
     */
    public record End(RestoreJob job, String reason) {}

    /**
     * What has become of the job that {@code ended} was for, now that it has ended; to be asked in the transaction that
     * ends it. Empty while other hosts are at work, and when the job had its end already: it has one only.
     *
     * @param reason why the host was given up; null when it is restored
     */
    public Optional<End> endWith(Handle tx, Assignment ended, String reason) {
        JobId id = TargetTable.ofAssignment(tx, ended.group(), ended.id())
                .map(TargetTable.Row::job)
                .orElse(null);
        if (id == null || !TargetTable.lockUntold(tx, id) || reason == null && !othersAreDone(tx, id, ended)) {
            return Optional.empty();
        }
        RestoreJob job = RestoreJobTable.all(tx, List.of(id)).get(0);
        if (job.state() == RestoreJobState.KILLED) {
            return Optional.empty();
        }
        TargetTable.setTold(tx, id);
        return Optional.of(new End(job, reason));
    }

    private boolean othersAreDone(Handle tx, JobId job, Assignment ended) {
        List<AssignmentId> others = new ArrayList<>(work(tx, List.of(job)).getOrDefault(job, List.of()));
        others.remove(ended.id());
        Collection<Assignment> seen = agents.all(tx, others).values();
        return seen.size() == others.size() && seen.stream().allMatch(other -> other.state() == AssignmentState.DONE);
    }
}
