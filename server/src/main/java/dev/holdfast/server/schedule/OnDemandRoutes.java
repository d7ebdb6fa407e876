package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.OnDemandSnapshotJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.time.Duration;

/** Takes a snapshot now. Source: "Create an On-Demand Snapshot". */
public final class OnDemandRoutes implements Routes {
    private static final String ON_DEMAND =
            "/api/public/v1.0/groups/{groupId}/clusters/{clusterId}/snapshots/onDemandSnapshot";
    private static final int MAX_DAYS = 3660;

    private final Groups groups;
    private final Clusters clusters;
    private final SnapshotRuns runs;

    /** Does no I/O. */
    public OnDemandRoutes(Groups groups, Clusters clusters, SnapshotRuns runs) {
        this.groups = groups;
        this.clusters = clusters;
        this.runs = runs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", ON_DEMAND, Need.GLOBAL_BACKUP, this::take);
    }

    private Answer take(Call call) {
        Cluster cluster = clusters.require(groups.require(call.group()).id(), call.pathParameter("clusterId"));
        Duration life = Duration.ofDays(days(call));
        SnapshotId snapshot = runs.beginNow(cluster, life, call.now());
        OnDemandSnapshotJson.Moment moment = new OnDemandSnapshotJson.Moment(
                ApiJson.date(call.now()), 1, call.now().getEpochSecond());
        return Answer.ok(new OnDemandSnapshotJson(
                cluster.clusterName(), "Snapshot " + snapshot + " was begun on demand.", moment));
    }

    private static long days(Call call) {
        String text = call.query("retentionDays");
        if (text == null) {
            throw new Refusal(ErrorCode.MISSING_QUERY_PARAMETER, "retentionDays");
        }
        long days = 0;
        if (text.strip().matches("\\+?[0-9]{1,9}(\\.0{0,9})?")) {
            days = Long.parseLong(text.strip().replaceFirst("^\\+", "").replaceFirst("\\..*$", ""));
        }
        if (days < 1 || days > MAX_DAYS) {
            throw new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, "retentionDays");
        }
        return days;
    }
}
