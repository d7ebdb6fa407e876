package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.http.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** SQL over the tables {@code snapshot} and {@code snapshot_part} that adds up what is kept. */
final class KeptTable {
    private static final String KEPT = " AND s.deleted IS NULL AND (s.expires IS NULL OR s.expires > :now)";
    private static final String SUMS = "COALESCE(SUM(p.plain_bytes), 0) AS plain, COALESCE(SUM(p.stored_bytes), 0) AS"
            + " stored, COALESCE(SUM(p.new_bytes), 0) AS added, COALESCE(SUM(p.archive_bytes), 0) AS archive";

    private KeptTable() {}

    /** One step into the index for each cluster, however many snapshots it has had. */
    static List<Map.Entry<ClusterId, KeptSnapshot>> lastComplete(Handle handle, List<GroupId> groups, Instant now) {
        return of(
                        handle.createQuery("SELECT s.id, s.cluster_id, s.created, 1 AS complete, " + SUMS
                                + " FROM snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id"
                                + " WHERE p.committed IS NOT NULL AND s.id IN (SELECT (SELECT s.id FROM snapshot s"
                                + " WHERE s.group_id = o.group_id AND s.cluster_id = o.cluster_id"
                                + " AND s.cluster_complete = 1" + KEPT + " ORDER BY s.created DESC, s.id DESC LIMIT 1)"
                                + " FROM (SELECT DISTINCT group_id, cluster_id FROM snapshot"
                                + " WHERE group_id IN (<groups>) AND deleted IS NULL) o)"
                                + " GROUP BY s.id, s.cluster_id, s.created"),
                        groups,
                        now)
                .map((row, context) -> Map.entry(new ClusterId(row.getString("cluster_id")), kept(row)))
                .list();
    }

    static List<Map.Entry<HostId, KeptSnapshot>> lastOfMirrors(Handle handle, List<GroupId> groups, Instant now) {
        return of(
                        handle.createQuery("SELECT * FROM (SELECT s.id, p.host_id, s.created, 1 AS complete,"
                                + " p.plain_bytes AS plain, p.stored_bytes AS stored, p.new_bytes AS added,"
                                + " p.archive_bytes AS archive, ROW_NUMBER() OVER (PARTITION BY p.host_id"
                                + " ORDER BY s.created DESC, s.id DESC) AS place"
                                + " FROM snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id"
                                + " WHERE s.group_id IN (<groups>) AND p.host_id IS NOT NULL"
                                + " AND p.committed IS NOT NULL" + KEPT + ") ranked WHERE place = 1"),
                        groups,
                        now)
                .map((row, context) -> Map.entry(new HostId(row.getString("host_id")), kept(row)))
                .list();
    }

    static List<Map.Entry<ClusterId, Long>> damaged(Handle handle, List<GroupId> groups, Instant now) {
        return of(
                        handle.createQuery("SELECT s.cluster_id, COUNT(DISTINCT s.id) FROM snapshot_part p"
                                + " JOIN snapshot s ON s.id = p.snapshot_id"
                                + " WHERE p.damaged IS NOT NULL AND s.group_id IN (<groups>)" + KEPT
                                + " GROUP BY s.cluster_id"),
                        groups,
                        now)
                .map((row, context) -> Map.entry(new ClusterId(row.getString(1)), row.getLong(2)))
                .list();
    }

    static List<Map.Entry<SnapshotId, ClusterId>> owners(Handle handle, List<SnapshotId> ids, Instant now) {
        return handle.createQuery("SELECT s.id, s.cluster_id FROM snapshot s WHERE s.id IN (<ids>)" + KEPT)
                .bindList("ids", ids.stream().map(SnapshotId::hex).toList())
                .bind("now", now.toEpochMilli())
                .map((row, context) ->
                        Map.entry(new SnapshotId(row.getString("id")), new ClusterId(row.getString("cluster_id"))))
                .list();
    }

    static KeptTotals totals(Handle handle, List<GroupId> groups, Instant now) {
        return of(
                        handle.createQuery("SELECT COUNT(DISTINCT s.id), COALESCE(SUM(p.plain_bytes), 0),"
                                + " COALESCE(SUM(p.stored_bytes), 0), COALESCE(SUM(p.new_bytes), 0)"
                                + " FROM snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id"
                                + " WHERE p.committed IS NOT NULL AND s.group_id IN (<groups>)" + KEPT),
                        groups,
                        now)
                .map((row, context) -> new KeptTotals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .one();
    }

    static List<KeptSnapshot> oldestFirst(
            Handle handle, GroupId group, SnapshotTable.View view, String id, Paging paging, Instant now) {
        String complete = view == SnapshotTable.View.OWNER
                ? "s.cluster_complete"
                : "MAX(CASE WHEN p.committed IS NULL THEN 0 ELSE 1 END)";
        return bound(
                        handle.createQuery("SELECT s.id, s.created, " + complete + " AS complete, " + SUMS
                                + of(view) + " GROUP BY s.id, s.created, s.cluster_complete"
                                + " ORDER BY s.created, s.id LIMIT :limit OFFSET :offset"),
                        group,
                        id,
                        now)
                .bind("limit", paging.itemsPerPage())
                .bind("offset", paging.offset())
                .map((row, context) -> kept(row))
                .list();
    }

    static long count(Handle handle, GroupId group, SnapshotTable.View view, String id, Instant now) {
        return bound(handle.createQuery("SELECT COUNT(DISTINCT s.id)" + of(view)), group, id, now)
                .mapTo(Long.class)
                .one();
    }

    /** An owner's snapshots with all their parts, which may be none yet; of a member or a host those with its part. */
    private static String of(SnapshotTable.View view) {
        String where = " WHERE s.group_id = :group" + KEPT + " AND ";
        return switch (view) {
            case OWNER ->
                " FROM snapshot s LEFT JOIN snapshot_part p ON p.snapshot_id = s.id" + where + "s.cluster_id = :id";
            case MEMBER ->
                " FROM snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id" + where + "p.cluster_id = :id";
            case HOST -> " FROM snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id" + where + "p.host_id = :id";
        };
    }

    private static Query of(Query query, List<GroupId> groups, Instant now) {
        return query.bindList("groups", groups.stream().map(GroupId::hex).toList())
                .bind("now", now.toEpochMilli());
    }

    private static Query bound(Query query, GroupId group, String id, Instant now) {
        return query.bind("group", group.hex()).bind("id", id).bind("now", now.toEpochMilli());
    }

    private static KeptSnapshot kept(ResultSet row) throws SQLException {
        return new KeptSnapshot(
                new SnapshotId(row.getString("id")),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getInt("complete") == 1,
                row.getLong("plain"),
                row.getLong("stored"),
                row.getLong("added"),
                row.getLong("archive"));
    }
}
