package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
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
        table.add("GET", JOBS, Need.READ, this::list);
        table.add("GET", JOBS + "/{jobId}", Need.READ, this::one);
        table.addListed("POST", JOBS, Need.BACKUP, this::create);
    }

    private Answer list(Call call) {
        Cluster cluster = cluster(call);
        Paging paging = Paging.of(call);
        JobPage page = jobs.list(cluster.groupId(), cluster.id(), batch(call), paging);
        return Answer.ok(paging.page(call, items(call, page.jobs(), cluster.id()), page.total()));
    }

    private Answer one(Call call) {
        Cluster cluster = cluster(call);
        String text = call.pathParameter("jobId");
        JobId id = JobId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_JOB_ID, text));
        RestoreJob job = jobs.find(cluster.groupId(), cluster.id(), id)
                .orElseThrow(() -> new Refusal(
                        ErrorCode.RESTORE_JOB_NOT_FOUND, text, cluster.id().hex()));
        return Answer.ok(RestoreJobDocument.alone(call, job, jobs.link(job, call.now()), cluster.id()));
    }

    private Answer create(Call call) {
        Cluster cluster = cluster(call);
        JobRequest request = JobRequest.read(JsonFields.of(call), cluster.id().hex(), false, call.now());
        List<RestoreJob> made = jobs.create(cluster, request.snapshotId(), request.terms(), call.now());
        // the whole batch, however many parts: an answer to a POST has no pages
        return Answer.ok(new ListJson<>(
                List.of(Link.self(call.baseUrl() + call.path())), items(call, made, cluster.id()), (long) made.size()));
    }

    private List<RestoreJobJson> items(Call call, List<RestoreJob> found, ClusterId cluster) {
        Map<JobId, LinkState> links = jobs.links(found, call.now());
        return found.stream()
                .map(job -> RestoreJobDocument.item(call, job, links.get(job.id()), cluster))
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
