package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.http.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code snapshot_checkpoint}. One whose snapshot was forgotten is not shown any more. */
final class CheckpointTable {
    private static final String COLUMNS = "SELECT c.id, c.snapshot_id, c.seconds, c.completed";
    private static final String OF_CLUSTER =
            " FROM snapshot_checkpoint c JOIN snapshot s ON s.id = c.snapshot_id AND s.forgotten IS NULL"
                    + " WHERE c.group_id = :group AND c.cluster_id = :cluster";

    private CheckpointTable() {}

    private record Row(CheckpointId id, SnapshotId snapshot, long seconds, Instant completed) {}

    /** Notes that a part's time is that of an oplog entry. */
    static void setKnown(Handle tx, PartId part) {
        tx.execute("UPDATE snapshot_part SET timestamp_known = 1 WHERE id = ?", part.hex());
    }

    /** Whether the times of all committed parts of a snapshot are those of oplog entries. */
    static boolean allKnown(Handle tx, SnapshotId snapshot) {
        return tx.createQuery("SELECT count(*) FROM snapshot_part WHERE snapshot_id = ? AND committed IS NOT NULL"
                                + " AND timestamp_known = 0")
                        .bind(0, snapshot.hex())
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    static void insert(Handle tx, Checkpoint checkpoint) {
        tx.execute(
                "INSERT INTO snapshot_checkpoint (id, group_id, cluster_id, snapshot_id, seconds, completed)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                checkpoint.id().hex(),
                checkpoint.snapshot().groupId().hex(),
                checkpoint.snapshot().clusterId().hex(),
                checkpoint.snapshot().id().hex(),
                checkpoint.seconds(),
                checkpoint.completed().toEpochMilli());
    }

    static Optional<Checkpoint> find(Handle handle, GroupId group, ClusterId cluster, CheckpointId id) {
        List<Row> rows = handle.createQuery(COLUMNS + OF_CLUSTER + " AND c.id = :id")
                .bind("group", group.hex())
                .bind("cluster", cluster.hex())
                .bind("id", id.hex())
                .map((row, context) -> row(row))
                .list();
        return withSnapshots(handle, rows).stream().findFirst();
    }

    static CheckpointPage list(Handle handle, GroupId group, ClusterId cluster, Paging paging) {
        long total = handle.createQuery("SELECT count(*)" + OF_CLUSTER)
                .bind("group", group.hex())
                .bind("cluster", cluster.hex())
                .mapTo(Long.class)
                .one();
        List<Row> rows = handle.createQuery(
                        COLUMNS + OF_CLUSTER + " ORDER BY c.seconds DESC, c.id DESC LIMIT :limit OFFSET :offset")
                .bind("group", group.hex())
                .bind("cluster", cluster.hex())
                .bind("limit", paging.itemsPerPage())
                .bind("offset", paging.offset())
                .map((row, context) -> row(row))
                .list();
        return new CheckpointPage(withSnapshots(handle, rows), total);
    }

    private static List<Checkpoint> withSnapshots(Handle handle, List<Row> rows) {
        Map<SnapshotId, Snapshot> snapshots =
                SnapshotTable.all(handle, rows.stream().map(Row::snapshot).toList()).stream()
                        .collect(Collectors.toMap(Snapshot::id, Function.identity()));
        return rows.stream()
                .map(row -> new Checkpoint(row.id, row.seconds, row.completed, snapshots.get(row.snapshot)))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new CheckpointId(row.getString("id")),
                new SnapshotId(row.getString("snapshot_id")),
                row.getLong("seconds"),
                Instant.ofEpochMilli(row.getLong("completed")));
    }
}
