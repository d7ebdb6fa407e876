package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/**
 * Keeps snapshots longer or shorter, and deletes them. Source: "Change the Expiry of One Snapshot", "Remove One
 * Snapshot". There is nothing like it under {@code /hosts}: the snapshot of a config server lives and dies with that of
 * its cluster. No oplog is kept here, so no snapshot is inside a point-in-time window, whose deletion would ask for more.
 */
public final class SnapshotChangeRoutes implements Routes {
    private static final String ONE = "/api/public/v1.0/groups/{groupId}/clusters/{clusterId}/snapshots/{snapshotId}";

    private final Groups groups;
    private final Clusters clusters;
    private final Snapshots snapshots;
    private final Retention retention;

    /** Does no I/O. */
    public SnapshotChangeRoutes(Groups groups, Clusters clusters, Snapshots snapshots, Retention retention) {
        this.groups = groups;
        this.clusters = clusters;
        this.snapshots = snapshots;
        this.retention = retention;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("PATCH", ONE, Need.BACKUP, this::change);
        table.addListed("DELETE", ONE, Need.BACKUP, this::delete);
    }

    private Answer change(Call call) {
        Cluster cluster = cluster(call);
        SnapshotId id = existing(call, cluster);
        SnapshotChange change = SnapshotChange.of(JsonFields.of(call));
        Snapshot changed = retention.change(cluster.groupId(), cluster.id(), id, change, call.now());
        List<Cluster> members = cluster.type().isSharded() ? clusters.members(cluster.id()) : List.of();
        SnapshotDocuments documents =
                new SnapshotDocuments(call.apiUrl(), call.group().hex(), false);
        return Answer.ok(documents.ofOwner(changed, cluster, members));
    }

    private Answer delete(Call call) {
        Cluster cluster = cluster(call);
        retention.delete(cluster.groupId(), cluster.id(), existing(call, cluster), call.now());
        return Answer.empty(204);
    }

    /** Ids are looked at before the body. Whether it is still there is asked again in the transaction. */
    private SnapshotId existing(Call call, Cluster cluster) {
        String text = call.pathParameter("snapshotId");
        SnapshotId id = SnapshotId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_SNAPSHOT_ID, text));
        ClusterId view = cluster.id();
        boolean there = snapshots
                .find(cluster.groupId(), id)
                .filter(found -> found.deleted() == null)
                .filter(found ->
                        found.clusterId().equals(view) || found.partOf(view).isPresent())
                .isPresent();
        if (!there) {
            throw new Refusal(ErrorCode.SNAPSHOT_NOT_FOUND, id.hex(), view.hex());
        }
        return id;
    }

    private Cluster cluster(Call call) {
        GroupId group = groups.require(call.group()).id();
        return clusters.require(group, call.pathParameter("clusterId"));
    }
}
