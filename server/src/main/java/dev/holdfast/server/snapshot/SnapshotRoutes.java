package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.SnapshotJson;
import dev.holdfast.contract.trouble.Refusal;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Snapshots of clusters and of mirrored config servers. Source: the "Snapshots" pages of the Public API. */
public final class SnapshotRoutes implements Routes {
    private static final String GROUP = "/api/public/v1.0/groups/{groupId}";
    private static final String OF_CLUSTER = GROUP + "/clusters/{clusterId}/snapshots";
    private static final String OF_HOST = GROUP + "/hosts/{hostId}/snapshots";

    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Snapshots snapshots;

    /** Does no I/O. */
    public SnapshotRoutes(Groups groups, Clusters clusters, Hosts hosts, Snapshots snapshots) {
        this.groups = groups;
        this.clusters = clusters;
        this.hosts = hosts;
        this.snapshots = snapshots;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", OF_CLUSTER, Need.READ, this::listOfCluster);
        table.add("GET", OF_CLUSTER + "/{snapshotId}", Need.READ, this::oneOfCluster);
        table.add("GET", OF_HOST, Need.READ, this::listOfHost);
        table.add("GET", OF_HOST + "/{snapshotId}", Need.READ, this::oneOfHost);
    }

    private Answer listOfCluster(Call call) {
        Cluster cluster = cluster(call);
        Paging paging = Paging.of(call);
        SnapshotPage page = snapshots.listOfCluster(cluster.groupId(), cluster.id(), Completed.of(call), paging);
        SnapshotDocuments documents = documents(call, true);
        List<Cluster> members = members(cluster);
        List<SnapshotJson> results = page.snapshots().stream()
                .map(snapshot -> ofCluster(documents, snapshot, cluster, members))
                .toList();
        return Answer.ok(paging.page(call, results, page.total()));
    }

    private Answer oneOfCluster(Call call) {
        Cluster cluster = cluster(call);
        SnapshotId id = snapshotId(call);
        Snapshot snapshot = snapshots
                .find(cluster.groupId(), id)
                .filter(found -> !found.isGone(call.now()))
                .filter(found -> found.clusterId().equals(cluster.id())
                        || found.partOf(cluster.id()).isPresent())
                .orElseThrow(() -> new Refusal(
                        ErrorCode.SNAPSHOT_NOT_FOUND, id.hex(), cluster.id().hex()));
        return Answer.ok(ofCluster(documents(call, false), snapshot, cluster, members(cluster)));
    }

    private Answer listOfHost(Call call) {
        Host host = mirror(call);
        Paging paging = Paging.of(call);
        SnapshotPage page = snapshots.listOfHost(host.groupId(), host.id(), Completed.of(call), paging);
        SnapshotDocuments documents = documents(call, true);
        Map<ClusterId, Cluster> owners = new HashMap<>();
        List<SnapshotJson> results = page.snapshots().stream()
                .map(snapshot -> ofHost(
                        documents, snapshot, host, owners.computeIfAbsent(snapshot.clusterId(), id -> owner(snapshot))))
                .toList();
        return Answer.ok(paging.page(call, results, page.total()));
    }

    private Answer oneOfHost(Call call) {
        Host host = mirror(call);
        SnapshotId id = snapshotId(call);
        Snapshot snapshot = snapshots
                .find(host.groupId(), id)
                .filter(found -> !found.isGone(call.now()))
                .filter(found -> found.partOf(host.id()).isPresent())
                .orElseThrow(() -> new Refusal(
                        ErrorCode.CONFIG_SNAPSHOT_NOT_FOUND, id.hex(), host.id().hex()));
        return Answer.ok(ofHost(documents(call, false), snapshot, host, owner(snapshot)));
    }

    private static SnapshotJson ofCluster(
            SnapshotDocuments documents, Snapshot snapshot, Cluster cluster, List<Cluster> members) {
        return snapshot.clusterId().equals(cluster.id())
                ? documents.ofOwner(snapshot, cluster, members)
                : documents.ofMember(
                        snapshot, cluster, snapshot.partOf(cluster.id()).orElseThrow());
    }

    private static SnapshotJson ofHost(SnapshotDocuments documents, Snapshot snapshot, Host host, Cluster owner) {
        return documents.ofHost(
                snapshot, owner, host, snapshot.partOf(host.id()).orElseThrow());
    }

    // as it was when the part was read: the host may belong to another cluster since
    private Cluster owner(Snapshot snapshot) {
        return clusters.find(snapshot.groupId(), snapshot.clusterId()).orElseThrow();
    }

    private static SnapshotDocuments documents(Call call, boolean inList) {
        return new SnapshotDocuments(call.apiUrl(), call.group().hex(), inList);
    }

    private List<Cluster> members(Cluster cluster) {
        return cluster.type().isSharded() ? clusters.members(cluster.id()) : List.of();
    }

    private Cluster cluster(Call call) {
        GroupId group = groups.require(call.group()).id();
        return clusters.require(group, call.pathParameter("clusterId"));
    }

    private Host mirror(Call call) {
        GroupId group = groups.require(call.group()).id();
        return hosts.requireMirroredConfigServer(group, call.pathParameter("hostId"));
    }

    private static SnapshotId snapshotId(Call call) {
        String text = call.pathParameter("snapshotId");
        return SnapshotId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_SNAPSHOT_ID, text));
    }
}
