package dev.holdfast.server.drill;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code drill}. */
final class DrillTable {
    private static final String SELECT =
            "SELECT id, group_id, snapshot_id, state, started, touched, ended, files, bytes,"
                    + " wired_tiger, message FROM drill";
    private static final int MOST_TEXT = 2000;

    private DrillTable() {}

    static void insert(Handle tx, Drill drill) {
        tx.execute(
                "INSERT INTO drill (id, group_id, snapshot_id, state, started, touched, files, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
                drill.id(),
                drill.group().hex(),
                drill.snapshot().hex(),
                drill.result().state().name(),
                drill.started().toEpochMilli(),
                drill.touched().toEpochMilli());
    }

    static void touch(Handle tx, String id, Instant now) {
        tx.execute("UPDATE drill SET touched = ? WHERE id = ? AND ended IS NULL", now.toEpochMilli(), id);
    }

    static void end(Handle tx, String id, DrillResult result, Instant now) {
        tx.execute(
                "UPDATE drill SET state = ?, touched = ?, ended = ?, files = ?, bytes = ?, wired_tiger = ?, message = ?"
                        + " WHERE id = ? AND ended IS NULL",
                result.state().name(),
                now.toEpochMilli(),
                now.toEpochMilli(),
                result.files(),
                result.bytes(),
                shortly(result.wiredTiger()),
                shortly(result.message()),
                id);
    }

    static Optional<Drill> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> drill(row))
                .findOne();
    }

    /** Newest first. */
    static List<Drill> of(Handle handle, SnapshotId snapshot) {
        return handle.createQuery(SELECT + " WHERE snapshot_id = ? ORDER BY started DESC, id DESC")
                .bind(0, snapshot.hex())
                .map((row, context) -> drill(row))
                .list();
    }

    /** The latest of each snapshot that came to a result, where that was bad. */
    static List<Drill> failed(Handle handle, List<GroupId> groups) {
        return handle.createQuery("SELECT * FROM (SELECT d.*, ROW_NUMBER() OVER (PARTITION BY d.snapshot_id"
                        + " ORDER BY d.started DESC, d.id DESC) AS place FROM drill d"
                        + " WHERE d.group_id IN (<groups>) AND d.state IN ('PASSED', 'FAILED')) ranked"
                        + " WHERE place = 1 AND state = 'FAILED' ORDER BY started DESC")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> drill(row))
                .list();
    }

    private static Drill drill(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        boolean running = row.wasNull();
        return new Drill(
                row.getString("id"),
                new GroupId(row.getString("group_id")),
                new SnapshotId(row.getString("snapshot_id")),
                Instant.ofEpochMilli(row.getLong("started")),
                Instant.ofEpochMilli(row.getLong("touched")),
                running ? null : Instant.ofEpochMilli(ended),
                new DrillResult(
                        DrillState.valueOf(row.getString("state")),
                        row.getLong("files"),
                        row.getLong("bytes"),
                        row.getString("wired_tiger"),
                        row.getString("message")));
    }

    private static String shortly(String text) {
        return text == null || text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }
}
