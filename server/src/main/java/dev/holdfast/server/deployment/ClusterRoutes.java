package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ClusterJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/** Clusters of a project: all, the members of one, one. */
public final class ClusterRoutes implements Routes {
    private static final String CLUSTERS = "/api/public/v1.0/groups/{groupId}/clusters";

    private final Groups groups;
    private final Clusters clusters;

    /** Does no I/O. */
    public ClusterRoutes(Groups groups, Clusters clusters) {
        this.groups = groups;
        this.clusters = clusters;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", CLUSTERS, Need.READ, this::list);
        table.add("GET", CLUSTERS + "/{clusterId}", Need.READ, this::one);
    }

    private Answer list(Call call) {
        GroupId group = groups.require(call.group()).id();
        ClusterId parent = filter(call, "parentClusterId");
        List<ClusterJson> found = clusters.list(group).stream()
                .filter(cluster -> parent == null || parent.equals(cluster.parent()))
                .map(cluster -> ClusterDocument.inList(call, cluster))
                .toList();
        return Answer.ok(Paging.of(call).slice(call, found));
    }

    private Answer one(Call call) {
        GroupId group = groups.require(call.group()).id();
        Cluster cluster = clusters.require(group, call.pathParameter("clusterId"));
        return Answer.ok(ClusterDocument.alone(call, cluster));
    }

    /** The cluster that a query parameter names, null when it is absent. */
    static ClusterId filter(Call call, String parameter) {
        String text = call.query(parameter);
        return text == null
                ? null
                : ClusterId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, parameter));
    }
}
