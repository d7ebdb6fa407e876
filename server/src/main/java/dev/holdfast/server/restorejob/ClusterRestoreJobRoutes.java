package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.PatientHandler;
import dev.holdfast.server.http.Prospect;
import dev.holdfast.server.http.Prospect.Look;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.Map;

/** Restore jobs of a replica set, a shard or a sharded cluster: all, those of a batch, one, new ones. */
public final class ClusterRestoreJobRoutes implements Routes {
    private static final String JOBS = "/api/public/v1.0/groups/{groupId}/clusters/{clusterId}/restoreJobs";

    private final Groups groups;
    private final Clusters clusters;
    private final RestoreJobs jobs;

    /** Does no I/O. */
    public ClusterRestoreJobRoutes(Groups groups, Clusters clusters, RestoreJobs jobs) {
        this.groups = groups;
        this.clusters = clusters;
        this.jobs = jobs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", JOBS, Need.READ, new PatientHandler(this::list));
        table.add("GET", JOBS + "/{jobId}", Need.READ, new PatientHandler(this::one));
        table.addListed("POST", JOBS, Need.BACKUP, new PatientHandler(this::create));
    }

    private Prospect list(Call call) {
        Cluster cluster = cluster(call);
        Paging paging = Paging.of(call);
        BatchId batch = batch(call);
        return now -> {
            JobPage page = jobs.list(cluster.groupId(), cluster.id(), batch, paging);
            Map<JobId, JobOutcome> outcomes = jobs.outcomes(page.jobs(), now);
            Answer answer =
                    Answer.ok(paging.page(call, items(call, page.jobs(), outcomes, cluster.id()), page.total()));
            return new Look(answer, Awaited.of(page.jobs(), outcomes));
        };
    }

    private Prospect one(Call call) {
        Cluster cluster = cluster(call);
        String text = call.pathParameter("jobId");
        JobId id = JobId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_JOB_ID, text));
        return now -> {
            RestoreJob job = jobs.find(cluster.groupId(), cluster.id(), id)
                    .orElseThrow(() -> new Refusal(
                            ErrorCode.RESTORE_JOB_NOT_FOUND, text, cluster.id().hex()));
            JobOutcome outcome = jobs.outcome(job, now);
            return new Look(Answer.ok(RestoreJobDocument.alone(call, job, outcome, cluster.id())), Awaited.of(outcome));
        };
    }

    private Prospect create(Call call) {
        Cluster cluster = cluster(call);
        JobRequest request = JobRequest.read(JsonFields.of(call), false, call.now());
        if (request.target() != null
                && !call.caller().may(Need.BACKUP, request.target().groupId())) {
            throw new Refusal(ErrorCode.CANNOT_RESTORE_TO_TARGET);
        }
        List<RestoreJob> made = jobs.create(cluster, request, call.now());
        return now -> {
            List<RestoreJob> current = jobs.again(made);
            Map<JobId, JobOutcome> outcomes = jobs.outcomes(current, now);
            // the whole batch, however many parts: an answer to a POST has no pages
            Answer answer = Answer.ok(new ListJson<>(
                    List.of(Link.self(call.baseUrl() + call.path())),
                    items(call, current, outcomes, cluster.id()),
                    (long) current.size()));
            return new Look(answer, Awaited.of(current, outcomes));
        };
    }

    private static List<RestoreJobJson> items(
            Call call, List<RestoreJob> found, Map<JobId, JobOutcome> outcomes, ClusterId cluster) {
        return found.stream()
                .map(job -> RestoreJobDocument.item(call, job, outcomes.get(job.id()), cluster))
                .toList();
    }

    private Cluster cluster(Call call) {
        return clusters.require(groups.require(call.group()).id(), call.pathParameter("clusterId"));
    }

    /** The documentation spells the parameter in three ways. */
    private static BatchId batch(Call call) {
        String text = call.query("batchId", "batchid", "BATCH-ID");
        return text == null
                ? null
                : BatchId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, "batchId"));
    }
}
