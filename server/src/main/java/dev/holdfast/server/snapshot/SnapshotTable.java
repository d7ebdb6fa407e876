package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.http.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** SQL of the table {@code snapshot}. */
final class SnapshotTable {
    private static final String COLUMNS =
            "s.id, s.group_id, s.cluster_id, s.created, s.expires, s.do_not_delete," + " s.cluster_complete, s.deleted";

    private SnapshotTable() {}

    /** Who looks at a list. A part has a slot of its own, so a join finds each snapshot once. */
    enum View {
        /** A replica set or a whole sharded cluster. */
        OWNER("snapshot s", "s.cluster_id = :id", "s.cluster_complete = 1"),
        /** A shard or a CSRS: it needs only its own part. */
        MEMBER(
                "snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id",
                "p.cluster_id = :id",
                "p.committed IS NOT NULL"),
        /** A mirrored config server: it needs only its own part. */
        HOST("snapshot s JOIN snapshot_part p ON p.snapshot_id = s.id", "p.host_id = :id", "p.committed IS NOT NULL");

        private final String source;
        private final String whose;
        private final String complete;

        View(String source, String whose, String complete) {
            this.source = source;
            this.whose = whose;
            this.complete = complete;
        }

        private String from(Completed completed) {
            String filter = switch (completed) {
                case TRUE -> " AND " + complete;
                case FALSE -> " AND NOT (" + complete + ")";
                case ALL -> "";
            };
            return " FROM " + source + " WHERE s.group_id = :group AND s.deleted IS NULL"
                    + " AND (s.expires IS NULL OR s.expires > :now) AND " + whose + filter;
        }
    }

    static void insert(Handle tx, Snapshot snapshot) {
        tx.execute(
                "INSERT INTO snapshot (id, group_id, cluster_id, created, expires, do_not_delete, cluster_complete)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                snapshot.id().hex(),
                snapshot.groupId().hex(),
                snapshot.clusterId().hex(),
                snapshot.created().toEpochMilli(),
                snapshot.expires() == null ? null : snapshot.expires().toEpochMilli(),
                snapshot.doNotDelete() ? 1 : 0,
                snapshot.clusterComplete() ? 1 : 0);
    }

    static boolean any(Handle handle, GroupId group) {
        return handle.createQuery("SELECT COUNT(*) FROM snapshot WHERE group_id = ? AND deleted IS NULL")
                        .bind(0, group.hex())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** The snapshot with its parts, a deleted one too. {@code suffix} may lock its row. */
    static Optional<Snapshot> find(Handle handle, GroupId group, SnapshotId id, String suffix) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM snapshot s WHERE s.id = :id AND s.group_id = :group" + suffix)
                .bind("id", id.hex())
                .bind("group", group.hex())
                .map((row, context) -> snapshot(row))
                .findOne()
                .map(found -> withParts(handle, List.of(found)).get(0));
    }

    static Optional<Snapshot> find(Handle handle, SnapshotId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM snapshot s WHERE s.id = :id")
                .bind("id", id.hex())
                .map((row, context) -> snapshot(row))
                .findOne()
                .map(found -> withParts(handle, List.of(found)).get(0));
    }

    static List<Snapshot> withAnyOf(Handle handle, Collection<PartId> parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        return withParts(
                handle,
                handle.createQuery(
                                "SELECT " + COLUMNS + " FROM snapshot s WHERE s.id IN"
                                        + " (SELECT snapshot_id FROM snapshot_part WHERE id IN (<ids>)) ORDER BY s.created, s.id")
                        .bindList("ids", parts.stream().map(PartId::hex).toList())
                        .map((row, context) -> snapshot(row))
                        .list());
    }

    static Map<PartId, GroupId> committedParts(Handle handle) {
        Map<PartId, GroupId> parts = new HashMap<>();
        handle.createQuery("SELECT p.id, s.group_id FROM snapshot_part p JOIN snapshot s ON s.id = p.snapshot_id"
                        + " WHERE s.deleted IS NULL AND p.committed IS NOT NULL")
                .map((row, context) ->
                        Map.entry(new PartId(row.getString("id")), new GroupId(row.getString("group_id"))))
                .forEach(part -> parts.put(part.getKey(), part.getValue()));
        return parts;
    }

    /** Those of the ids that there are, in the order of the ids, with their parts. */
    static List<Snapshot> all(Handle handle, List<SnapshotId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<SnapshotId, Snapshot> found = new HashMap<>();
        handle.createQuery("SELECT " + COLUMNS + " FROM snapshot s WHERE s.id IN (<ids>)")
                .bindList("ids", ids.stream().map(SnapshotId::hex).toList())
                .map((row, context) -> snapshot(row))
                .forEach(snapshot -> found.put(snapshot.id(), snapshot));
        return withParts(
                handle, ids.stream().map(found::get).filter(Objects::nonNull).toList());
    }

    static SnapshotPage list(
            Handle handle, View view, GroupId group, String id, Completed completed, Paging paging, Instant now) {
        String from = view.from(completed);
        long total = bound(handle.createQuery("SELECT count(*)" + from), group, id, now)
                .mapTo(Long.class)
                .one();
        // ids grow with time, so they decide between two of one millisecond
        List<Snapshot> page = bound(
                        handle.createQuery("SELECT " + COLUMNS + from
                                + " ORDER BY s.created DESC, s.id DESC LIMIT :limit OFFSET :offset"),
                        group,
                        id,
                        now)
                .bind("limit", paging.itemsPerPage())
                .bind("offset", paging.offset())
                .map((row, context) -> snapshot(row))
                .list();
        return new SnapshotPage(withParts(handle, page), total);
    }

    static void setClusterComplete(Handle tx, SnapshotId id) {
        tx.execute("UPDATE snapshot SET cluster_complete = 1 WHERE id = ?", id.hex());
    }

    private static Query bound(Query query, GroupId group, String id, Instant now) {
        return query.bind("group", group.hex()).bind("id", id).bind("now", now.toEpochMilli());
    }

    private static List<Snapshot> withParts(Handle handle, List<Snapshot> snapshots) {
        Map<SnapshotId, List<SnapshotPart>> parts = PartTable.ofSnapshots(
                handle, snapshots.stream().map(Snapshot::id).toList());
        List<Snapshot> whole = new ArrayList<>();
        for (Snapshot s : snapshots) {
            whole.add(new Snapshot(
                    s.id(),
                    s.groupId(),
                    s.clusterId(),
                    s.created(),
                    s.expires(),
                    s.doNotDelete(),
                    s.clusterComplete(),
                    s.deleted(),
                    parts.getOrDefault(s.id(), List.of())));
        }
        return whole;
    }

    private static Snapshot snapshot(ResultSet row) throws SQLException {
        return new Snapshot(
                new SnapshotId(row.getString("id")),
                new GroupId(row.getString("group_id")),
                new ClusterId(row.getString("cluster_id")),
                Instant.ofEpochMilli(row.getLong("created")),
                PartTable.instant(row, "expires"),
                row.getInt("do_not_delete") == 1,
                row.getInt("cluster_complete") == 1,
                PartTable.instant(row, "deleted"),
                List.of());
    }
}
