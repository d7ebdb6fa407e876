package dev.holdfast.server.restorejob;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.agentapi.RestoreWork;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentState;
import dev.holdfast.server.agents.NewAssignment;
import dev.holdfast.server.delivery.LinkRequest;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.restorejob.JobOutcome.Work;
import dev.holdfast.server.snapshot.SnapshotPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Restores that agents do. A job's part goes to every host of its counterpart in the target that an agent serves: each
 * gets an assignment of its own, and the job is done when all of them are.
 */
public final class AutomatedRestores {
    private static final int ATTEMPTS = 5;

    private final Database database;
    private final Agents agents;
    private final Clusters clusters;
    private final Hosts hosts;

    /** Does no I/O. */
    public AutomatedRestores(Database database, Agents agents, Clusters clusters, Hosts hosts) {
        this.database = database;
        this.agents = agents;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    /**
     * Finds the hosts that the parts of a snapshot go to, in the order of the parts.
     *
     * @param whole whether the parts are a whole sharded cluster
     * @throws Refusal CLUSTER_NOT_FOUND; INVALID_ATTRIBUTE for a target of another shape; RESTORE_INITIATION_FAILED
     *     when no agent would do it
     */
    List<List<HostId>> plan(Handle tx, RestoreTarget target, List<SnapshotPart> parts, boolean whole) {
        Cluster cluster = clusters.find(tx, target.groupId(), target.clusterId())
                .orElseThrow(() -> new Refusal(
                        ErrorCode.CLUSTER_NOT_FOUND,
                        target.clusterId().hex(),
                        target.groupId().hex()));
        TargetHosts places = new TargetHosts(
                cluster,
                clusters.members(tx, cluster.id()),
                hosts.list(tx, target.groupId()),
                agents.served(tx, target.groupId()));
        return places.of(parts, whole);
    }

    /** Gives the work of one job to the agents of its hosts. */
    void assign(Handle tx, RestoreJob job, SnapshotPart part, List<HostId> to) {
        RestoreWork.Order order = new RestoreWork.Order(
                job.id().hex(),
                part.archiveName(job.id()) + LinkRequest.SUFFIX,
                part.archiveBytes(),
                part.plainBytes());
        ObjectNode payload = ApiJson.mapper().valueToTree(order);
        GroupId group = job.target().groupId();
        int position = 0;
        for (HostId host : to) {
            AssignmentId id = agents.assign(
                    tx,
                    new NewAssignment(
                            group,
                            AssignmentKind.RESTORE,
                            List.of(host),
                            payload,
                            job.created(),
                            job.terms().expires(),
                            ATTEMPTS));
            TargetTable.insert(tx, position++, new TargetTable.Row(job.id(), group, host, id));
        }
    }

    /** What the agents of some jobs do; jobs that have none are left out. */
    Map<JobId, List<Work>> works(Collection<RestoreJob> jobs, Instant now) {
        Map<JobId, Instant> automated = jobs.stream()
                .filter(job -> job.target() != null)
                .collect(Collectors.toMap(RestoreJob::id, job -> job.terms().expires()));
        if (automated.isEmpty()) {
            return Map.of();
        }
        Map<JobId, List<Work>> works = new HashMap<>();
        database.read(handle -> TargetTable.ofJobs(handle, automated.keySet())).forEach((job, rows) -> {
            List<Work> found = new ArrayList<>();
            rows.forEach(row -> found.add(new Work(row.host(), current(row, automated.get(job), now))));
            works.put(job, found);
        });
        return works;
    }

    private Assignment current(TargetTable.Row row, Instant notAfter, Instant now) {
        Assignment found = agents.find(row.group(), row.assignment()).orElse(null);
        if (found == null) {
            return null;
        }
        boolean silent =
                found.state() == AssignmentState.LEASED && !found.heldUntil().isAfter(now);
        boolean late = found.state() == AssignmentState.OPEN && !notAfter.isAfter(now);
        if (!silent && !late) {
            return found;
        }
        // nobody polls any more who would find it out
        agents.lapse(row.group());
        return agents.find(row.group(), row.assignment()).orElse(null);
    }

    /** Takes the work of a job away from its agents; what is done stays done. */
    void cancel(Handle tx, RestoreJob job, String reason) {
        if (job.target() != null) {
            TargetTable.ofJobs(tx, List.of(job.id()))
                    .getOrDefault(job.id(), List.of())
                    .forEach(row -> agents.cancel(tx, row.group(), row.assignment(), reason));
        }
    }

    /** The job that an assignment is for, while an agent has it. */
    Optional<JobId> jobOf(GroupId group, AssignmentId assignment) {
        boolean held = agents.find(group, assignment)
                .filter(found -> found.state() == AssignmentState.LEASED)
                .isPresent();
        return held
                ? database.read(handle -> TargetTable.ofAssignment(handle, group, assignment))
                        .map(TargetTable.Row::job)
                : Optional.empty();
    }
}
