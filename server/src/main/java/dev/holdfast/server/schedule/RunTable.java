package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the tables {@code snapshot_run} and {@code snapshot_run_part}. */
final class RunTable {
    private RunTable() {}

    /** False if that snapshot of the cluster is being made, or was. */
    static boolean insert(Handle tx, SnapshotRun run) {
        int inserted = tx.execute(
                "INSERT INTO snapshot_run (id, group_id, cluster_id, kind, due, snapshot_id, state, daily_key, weekly_key,"
                        + " monthly_key, begun) VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                run.id(),
                run.group().hex(),
                run.cluster().hex(),
                run.kind().name(),
                run.due().toEpochMilli(),
                run.snapshot().hex(),
                run.classes().day(),
                run.classes().week(),
                run.classes().month(),
                run.begun().toEpochMilli());
        return inserted == 1;
    }

    static void insertPart(Handle tx, String run, int position, SnapshotRun.Part part) {
        tx.execute(
                "INSERT INTO snapshot_run_part (run_id, position, cluster_id, assignment_id) VALUES (?, ?, ?, ?)",
                run,
                position,
                part.cluster() == null ? null : part.cluster().hex(),
                part.assignment() == null ? null : part.assignment().hex());
    }

    static boolean exists(Handle handle, ClusterId cluster, SnapshotRun.Kind kind, Instant due) {
        return handle.createQuery("SELECT COUNT(*) FROM snapshot_run WHERE cluster_id = ? AND kind = ? AND due = ?")
                        .bind(0, cluster.hex())
                        .bind(1, kind.name())
                        .bind(2, due.toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Whether a run of the cluster that did not fail is that of the period. */
    static boolean taken(Handle handle, ClusterId cluster, KeepClasses.Period period, String key) {
        String column = switch (period) {
            case DAY -> "daily_key";
            case WEEK -> "weekly_key";
            case MONTH -> "monthly_key";
        };
        return handle.createQuery("SELECT COUNT(*) FROM snapshot_run WHERE cluster_id = ? AND state <> 'FAILED' AND "
                                + column + " = ?")
                        .bind(0, cluster.hex())
                        .bind(1, key)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static List<SnapshotRun> running(Handle handle) {
        return handle.createQuery("SELECT * FROM snapshot_run WHERE state = 'RUNNING' ORDER BY begun, id")
                .map((row, context) -> run(row))
                .list();
    }

    /** Those of a cluster that are being made, oldest first. */
    static List<SnapshotRun> running(Handle handle, ClusterId cluster) {
        return running(handle).stream()
                .filter(run -> run.cluster().equals(cluster))
                .toList();
    }

    /** The latest runs of a cluster, newest first, with their parts. */
    static List<SnapshotRun> latest(Handle handle, GroupId group, ClusterId cluster, int most) {
        return handle
                .createQuery("SELECT * FROM snapshot_run WHERE group_id = ? AND cluster_id = ?"
                        + " ORDER BY begun DESC, id DESC LIMIT ?")
                .bind(0, group.hex())
                .bind(1, cluster.hex())
                .bind(2, most)
                .map((row, context) -> run(row))
                .list()
                .stream()
                .map(run -> withParts(handle, run))
                .toList();
    }

    /** Those of some projects that are being made, oldest first, without their parts. */
    static List<SnapshotRun> running(Handle handle, List<GroupId> groups) {
        return handle.createQuery("SELECT * FROM snapshot_run WHERE group_id IN (<groups>) AND state = 'RUNNING'"
                        + " ORDER BY begun, id")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> run(row))
                .list();
    }

    /** The latest of each cluster of some projects that failed, without their parts. */
    static List<SnapshotRun> lastFailed(Handle handle, List<GroupId> groups) {
        return handle.createQuery("SELECT * FROM (SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.cluster_id"
                        + " ORDER BY r.begun DESC, r.id DESC) AS place FROM snapshot_run r"
                        + " WHERE r.group_id IN (<groups>) AND r.state = 'FAILED') ranked WHERE place = 1")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> run(row))
                .list();
    }

    /** The latest runs of a project, newest first, without their parts. */
    static List<SnapshotRun> newest(Handle handle, GroupId group, int most) {
        return handle.createQuery("SELECT * FROM snapshot_run WHERE group_id = ? ORDER BY begun DESC, id DESC LIMIT ?")
                .bind(0, group.hex())
                .bind(1, most)
                .map((row, context) -> run(row))
                .list();
    }

    static long count(Handle handle, GroupId group) {
        return handle.createQuery("SELECT COUNT(*) FROM snapshot_run WHERE group_id = ?")
                .bind(0, group.hex())
                .mapTo(Long.class)
                .one();
    }

    /** Those of the ids that there are, with their parts, in no order. */
    static List<SnapshotRun> all(Handle handle, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, List<SnapshotRun.Part>> parts = new HashMap<>();
        handle.createQuery("SELECT run_id, cluster_id, assignment_id FROM snapshot_run_part WHERE run_id IN (<ids>)"
                        + " ORDER BY run_id, position")
                .bindList("ids", ids)
                .map((row, context) -> Map.entry(row.getString(1), part(row)))
                .forEach(found -> parts.computeIfAbsent(found.getKey(), id -> new ArrayList<>())
                        .add(found.getValue()));
        return handle
                .createQuery("SELECT * FROM snapshot_run WHERE id IN (<ids>)")
                .bindList("ids", ids)
                .map((row, context) -> run(row))
                .list()
                .stream()
                .map(run -> with(run, parts.getOrDefault(run.id(), List.of())))
                .toList();
    }

    /** The run with its parts; {@code suffix} ends the statement, for a lock. */
    static Optional<SnapshotRun> find(Handle handle, String id, String suffix) {
        return handle.createQuery("SELECT * FROM snapshot_run WHERE id = ?" + suffix)
                .bind(0, id)
                .map((row, context) -> run(row))
                .findOne()
                .map(run -> withParts(handle, run));
    }

    static void end(Handle tx, String id, SnapshotRun.State state, String reason, Instant now) {
        tx.execute(
                "UPDATE snapshot_run SET state = ?, reason = ?, ended = ? WHERE id = ? AND state = 'RUNNING'",
                state.name(),
                reason,
                now.toEpochMilli(),
                id);
    }

    static void deleteAll(Handle tx, GroupId group) {
        tx.execute(
                "DELETE FROM snapshot_run_part WHERE run_id IN (SELECT id FROM snapshot_run WHERE group_id = ?)",
                group.hex());
        tx.execute("DELETE FROM snapshot_run WHERE group_id = ?", group.hex());
    }

    private static SnapshotRun withParts(Handle handle, SnapshotRun run) {
        List<SnapshotRun.Part> parts = handle.createQuery(
                        "SELECT cluster_id, assignment_id FROM snapshot_run_part WHERE run_id = ? ORDER BY position")
                .bind(0, run.id())
                .map((row, context) -> part(row))
                .list();
        return with(run, parts);
    }

    private static SnapshotRun.Part part(ResultSet row) throws SQLException {
        String cluster = row.getString("cluster_id");
        String assignment = row.getString("assignment_id");
        return new SnapshotRun.Part(
                cluster == null ? null : new ClusterId(cluster),
                assignment == null ? null : new AssignmentId(assignment));
    }

    private static SnapshotRun with(SnapshotRun run, List<SnapshotRun.Part> parts) {
        return new SnapshotRun(
                run.id(),
                run.group(),
                run.cluster(),
                run.kind(),
                run.due(),
                run.snapshot(),
                run.state(),
                run.classes(),
                run.begun(),
                run.ended(),
                run.reason(),
                parts);
    }

    private static SnapshotRun run(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new SnapshotRun(
                row.getString("id"),
                new GroupId(row.getString("group_id")),
                new ClusterId(row.getString("cluster_id")),
                SnapshotRun.Kind.valueOf(row.getString("kind")),
                Instant.ofEpochMilli(row.getLong("due")),
                new SnapshotId(row.getString("snapshot_id")),
                SnapshotRun.State.valueOf(row.getString("state")),
                new KeepClasses(row.getString("daily_key"), row.getString("weekly_key"), row.getString("monthly_key")),
                Instant.ofEpochMilli(row.getLong("begun")),
                end,
                row.getString("reason"),
                List.of());
    }
}
