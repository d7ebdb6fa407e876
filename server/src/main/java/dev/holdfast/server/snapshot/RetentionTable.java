package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL about the end of snapshots, in the tables {@code snapshot} and {@code snapshot_part}. */
final class RetentionTable {
    private RetentionTable() {}

    /** A snapshot by its key. */
    record Key(GroupId group, SnapshotId id, Instant deleted) {}

    /** A snapshot whose time was over. */
    record Expired(GroupId group, ClusterId cluster, SnapshotId id) {}

    /** A part of a deleted snapshot. */
    record Part(PartId id, boolean committed) {}

    static void setKeeping(Handle tx, Snapshot snapshot) {
        tx.execute(
                "UPDATE snapshot SET do_not_delete = ?, expires = ? WHERE id = ? AND deleted IS NULL",
                snapshot.doNotDelete() ? 1 : 0,
                snapshot.expires() == null ? null : snapshot.expires().toEpochMilli(),
                snapshot.id().hex());
    }

    static void setDeleted(Handle tx, SnapshotId id, Instant when) {
        tx.execute(
                "UPDATE snapshot SET deleted = ? WHERE id = ? AND deleted IS NULL AND do_not_delete = 0",
                when.toEpochMilli(),
                id.hex());
    }

    /** Every snapshot of an owner, {@code doNotDelete} or not; answers which. */
    static List<SnapshotId> deleteAll(Handle tx, GroupId group, ClusterId owner, Instant when) {
        List<SnapshotId> there = tx.createQuery(
                        "SELECT id FROM snapshot WHERE deleted IS NULL AND group_id = ? AND cluster_id = ?")
                .bind(0, group.hex())
                .bind(1, owner.hex())
                .map((row, context) -> new SnapshotId(row.getString(1)))
                .list();
        // one by one: of two that delete at once, each tells only of what it deleted itself
        return there.stream()
                .filter(id -> tx.execute(
                                "UPDATE snapshot SET deleted = ? WHERE deleted IS NULL AND id = ?",
                                when.toEpochMilli(),
                                id.hex())
                        == 1)
                .toList();
    }

    /** All whose time is over; one statement, so that a change at the same moment comes wholly before or after it. */
    static List<Expired> expire(Handle tx, Instant now) {
        return tx
                .createQuery("UPDATE snapshot SET deleted = ? WHERE deleted IS NULL AND do_not_delete = 0"
                        + " AND expires <= ? RETURNING group_id, cluster_id, id")
                .bind(0, now.toEpochMilli())
                .bind(1, now.toEpochMilli())
                .map((row, context) -> new Expired(
                        new GroupId(row.getString(1)),
                        new ClusterId(row.getString(2)),
                        new SnapshotId(row.getString(3))))
                .stream()
                // always in the same order, so that two that tell of several projects do not wait for each other
                .sorted(Comparator.comparing((Expired one) -> one.group().hex())
                        .thenComparing(one -> one.id().hex()))
                .toList();
    }

    /** Snapshots that were begun before a moment and of which no view is complete. */
    static List<Key> unfinished(Handle handle, Instant before) {
        return handle.createQuery("SELECT s.group_id, s.id, s.deleted FROM snapshot s WHERE s.deleted IS NULL"
                        + " AND s.do_not_delete = 0 AND s.cluster_complete = 0 AND s.created <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM snapshot_part p WHERE p.snapshot_id = s.id AND p.committed IS NOT NULL)")
                .bind(0, before.toEpochMilli())
                .map((row, context) -> key(row))
                .list();
    }

    /** Deleted snapshots that the store may still have something of, the longest deleted first. */
    static List<Key> toForget(Handle handle) {
        return handle.createQuery("SELECT group_id, id, deleted FROM snapshot WHERE deleted IS NOT NULL"
                        + " AND forgotten IS NULL ORDER BY deleted, id")
                .map((row, context) -> key(row))
                .list();
    }

    static List<Part> parts(Handle handle, SnapshotId snapshot) {
        return handle.createQuery("SELECT id, committed FROM snapshot_part WHERE snapshot_id = ? ORDER BY id")
                .bind(0, snapshot.hex())
                .map((row, context) ->
                        new Part(new PartId(row.getString("id")), PartTable.instant(row, "committed") != null))
                .list();
    }

    /** False if the snapshot is not deleted, or was forgotten. */
    static boolean setForgetting(Handle tx, SnapshotId id, Instant when) {
        return tx.execute(
                        "UPDATE snapshot SET forgetting = coalesce(forgetting, ?)"
                                + " WHERE id = ? AND deleted IS NOT NULL AND forgotten IS NULL",
                        when.toEpochMilli(),
                        id.hex())
                == 1;
    }

    static void setForgotten(Handle tx, SnapshotId id, Instant when) {
        tx.execute(
                "UPDATE snapshot SET forgotten = ? WHERE id = ? AND forgetting IS NOT NULL AND forgotten IS NULL",
                when.toEpochMilli(),
                id.hex());
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                new GroupId(row.getString("group_id")),
                new SnapshotId(row.getString("id")),
                PartTable.instant(row, "deleted"));
    }
}
