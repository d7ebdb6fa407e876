package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.GrowthJson;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;

/** What the snapshots of a cluster or a mirrored config server came to, one after the other. Ours, for plots. */
public final class GrowthRoutes implements Routes {
    private static final String GROUP = "/api/holdfast/v1/groups/{groupId}";

    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Snapshots snapshots;

    /** Does no I/O. */
    public GrowthRoutes(Groups groups, Clusters clusters, Hosts hosts, Snapshots snapshots) {
        this.groups = groups;
        this.clusters = clusters;
        this.hosts = hosts;
        this.snapshots = snapshots;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", GROUP + "/clusters/{clusterId}/growth", Need.READ, this::ofCluster);
        table.add("GET", GROUP + "/hosts/{hostId}/growth", Need.READ, this::ofHost);
    }

    private Answer ofCluster(Call call) {
        GroupId group = groups.require(call.group()).id();
        Cluster cluster = clusters.require(group, call.pathParameter("clusterId"));
        Paging paging = Paging.of(call);
        return page(call, paging, snapshots.growthOf(cluster, paging, call.now()));
    }

    private Answer ofHost(Call call) {
        GroupId group = groups.require(call.group()).id();
        Host host = hosts.requireMirroredConfigServer(group, call.pathParameter("hostId"));
        Paging paging = Paging.of(call);
        return page(call, paging, snapshots.growthOf(host, paging, call.now()));
    }

    private static Answer page(Call call, Paging paging, KeptSnapshots.Grown grown) {
        return Answer.ok(paging.page(
                call, grown.page().stream().map(GrowthRoutes::document).toList(), grown.total()));
    }

    private static GrowthJson document(KeptSnapshot kept) {
        return new GrowthJson(
                kept.archiveBytes(),
                kept.complete(),
                ApiJson.date(kept.created()),
                kept.id().hex(),
                kept.plainBytes(),
                kept.newBytes(),
                kept.storedBytes());
    }
}
