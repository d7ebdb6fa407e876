package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL that finds snapshots by the time that they hold. Deleted ones are left out; {@code second} null finds every time. */
final class MomentTable {
    private static final String SELECT = "SELECT s.id FROM snapshot s";
    private static final String THERE = " WHERE s.group_id = :group AND s.deleted IS NULL";
    private static final String PART = " JOIN snapshot_part p ON p.snapshot_id = s.id AND p.committed IS NOT NULL";
    private static final String LATEST_FIRST = " ORDER BY s.created DESC, s.id DESC";

    private MomentTable() {}

    /** Of a whole sharded cluster: those all of whose parts are of one second. */
    static List<Snapshot> ofSharded(Handle handle, GroupId group, ClusterId cluster, Long second) {
        String sql = SELECT + " JOIN snapshot_checkpoint c ON c.snapshot_id = s.id" + THERE + " AND c.cluster_id = :id";
        return find(handle, sql, "c.seconds", group, cluster.hex(), second);
    }

    /** Of a replica set, a shard or a CSRS. */
    static List<Snapshot> ofReplicaSet(Handle handle, GroupId group, ClusterId cluster, Long second) {
        String sql = SELECT + PART + THERE + " AND p.cluster_id = :id";
        return find(handle, sql, "p.timestamp_seconds", group, cluster.hex(), second);
    }

    /** Of a mirrored config server. */
    static List<Snapshot> ofHost(Handle handle, GroupId group, HostId host, Long second) {
        String sql = SELECT + PART + THERE + " AND p.host_id = :id";
        return find(handle, sql, "p.timestamp_seconds", group, host.hex(), second);
    }

    private static List<Snapshot> find(
            Handle handle, String sql, String column, GroupId group, String id, Long second) {
        String at = second == null ? "" : " AND " + column + " = :second";
        var query = handle.createQuery(sql + at + LATEST_FIRST)
                .bind("group", group.hex())
                .bind("id", id);
        if (second != null) {
            query.bind("second", second);
        }
        return SnapshotTable.all(
                handle,
                query.map((row, context) -> new SnapshotId(row.getString("id"))).list());
    }
}
