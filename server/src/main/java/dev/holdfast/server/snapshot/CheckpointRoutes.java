package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.CheckpointJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.TimeRangeJson;
import dev.holdfast.contract.publicapi.TimestampJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What times can be restored: checkpoints of a sharded cluster, time ranges of any. */
public final class CheckpointRoutes implements Routes {
    private static final String CLUSTER = "/api/public/v1.0/groups/{groupId}/clusters/{clusterId}";
    private static final String CHECKPOINTS = CLUSTER + "/checkpoints";
    // we know of no shard that is the config server too
    private static final String CONFIG_SERVERS = "DEDICATED";

    private final Groups groups;
    private final Clusters clusters;
    private final Checkpoints checkpoints;

    /** Does no I/O. */
    public CheckpointRoutes(Groups groups, Clusters clusters, Checkpoints checkpoints) {
        this.groups = groups;
        this.clusters = clusters;
        this.checkpoints = checkpoints;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", CHECKPOINTS, Need.READ, this::list);
        table.add("GET", CHECKPOINTS + "/{checkpointId}", Need.READ, this::one);
        // a question that is asked with POST: it changes nothing, so it needs no more than a GET of the snapshots
        table.add("POST", CLUSTER + "/restoreJobs/restorableTimeRanges", Need.READ, this::ranges);
    }

    private Answer list(Call call) {
        Cluster cluster = cluster(call);
        Paging paging = Paging.of(call);
        CheckpointPage page = checkpoints.list(cluster.groupId(), cluster.id(), paging);
        Map<ClusterId, String> shards = shardNames(cluster);
        List<CheckpointJson> results = page.checkpoints().stream()
                .map(found -> document(call, cluster, found, shards, List.of(self(call, cluster, found))))
                .toList();
        return Answer.ok(paging.page(call, results, page.total()));
    }

    private Answer one(Call call) {
        Cluster cluster = cluster(call);
        String text = call.pathParameter("checkpointId");
        CheckpointId id =
                CheckpointId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_CHECKPOINT_ID, text));
        Checkpoint found = checkpoints
                .find(cluster.groupId(), cluster.id(), id)
                .orElseThrow(() -> new Refusal(
                        ErrorCode.CHECKPOINT_NOT_FOUND, text, cluster.id().hex()));
        List<Link> links = List.of(
                self(call, cluster, found),
                Link.related("cluster", url(call, cluster)),
                Link.related("group", call.apiUrl() + "/groups/" + cluster.groupId()));
        return Answer.ok(document(call, cluster, found, shardNames(cluster), links));
    }

    private Answer ranges(Call call) {
        Cluster cluster = cluster(call);
        return Answer.ok(checkpoints.ranges(cluster, call.now()).stream()
                .map(CheckpointRoutes::document)
                .toList());
    }

    private static TimeRangeJson document(TimeRange range) {
        TimestampJson point =
                TimestampJson.of(range.point().seconds(), range.point().increment());
        return new TimeRangeJson(
                range.shards() == null ? null : CONFIG_SERVERS,
                point,
                range.shards(),
                range.snapshot().id().hex(),
                point);
    }

    private static CheckpointJson document(
            Call call, Cluster cluster, Checkpoint checkpoint, Map<ClusterId, String> shards, List<Link> links) {
        return new CheckpointJson(
                cluster.id().hex(),
                ApiJson.date(checkpoint.completed()),
                cluster.groupId().hex(),
                checkpoint.id().hex(),
                links,
                checkpoint.snapshot().parts().stream()
                        .filter(SnapshotPart::isCommitted)
                        .map(part -> part(part, checkpoint, shards))
                        .toList(),
                checkpoint.isRestorable(call.now()),
                ApiJson.date(checkpoint.snapshot().created()),
                ApiJson.date(Instant.ofEpochSecond(checkpoint.seconds())));
    }

    private static CheckpointJson.Part part(SnapshotPart part, Checkpoint checkpoint, Map<ClusterId, String> shards) {
        return new CheckpointJson.Part(
                part.hostId() == null ? null : part.hostId().hex(),
                part.replicaSetName(),
                part.clusterId() == null ? null : shards.get(part.clusterId()),
                part.timestampSeconds() == checkpoint.seconds(),
                TimestampJson.of(part.timestampSeconds(), part.timestampIncrement()),
                part.type().name());
    }

    private Map<ClusterId, String> shardNames(Cluster cluster) {
        Map<ClusterId, String> names = new HashMap<>();
        clusters.members(cluster.id()).forEach(member -> names.put(member.id(), member.shardName()));
        return names;
    }

    private static Link self(Call call, Cluster cluster, Checkpoint checkpoint) {
        return Link.self(url(call, cluster) + "/checkpoints/" + checkpoint.id());
    }

    private static String url(Call call, Cluster cluster) {
        return call.apiUrl() + "/groups/" + cluster.groupId() + "/clusters/" + cluster.id();
    }

    private Cluster cluster(Call call) {
        return clusters.require(groups.require(call.group()).id(), call.pathParameter("clusterId"));
    }
}
