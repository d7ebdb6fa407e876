package dev.holdfast.server.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the tables {@code assignment} and {@code assignment_host}. */
final class AssignmentTable {
    private static final String SELECT = "SELECT a.* FROM assignment a";

    private AssignmentTable() {}

    /** A row, with what only the room itself looks at. */
    record Row(Assignment assignment, String instance, int maxAttempts, Instant notAfter) {}

    static void insert(Handle tx, AssignmentId id, NewAssignment wanted, Instant now) {
        tx.execute(
                "INSERT INTO assignment (id, group_id, kind, state, payload, created, not_before, not_after,"
                        + " max_attempts, attempt, done_bytes, total_bytes)"
                        + " VALUES (?, ?, ?, 'OPEN', ?, ?, ?, ?, ?, 0, 0, 0)",
                id.hex(),
                wanted.group().hex(),
                wanted.kind().name(),
                text(wanted.payload()),
                now.toEpochMilli(),
                wanted.notBefore().toEpochMilli(),
                wanted.notAfter().toEpochMilli(),
                wanted.maxAttempts());
        int position = 0;
        for (HostId host : wanted.hosts()) {
            tx.execute(
                    "INSERT INTO assignment_host (assignment_id, position, host_id) VALUES (?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    id.hex(),
                    position++,
                    host.hex());
        }
    }

    /** {@code suffix} ends the statement, for a lock. */
    static Optional<Row> find(Handle handle, GroupId group, AssignmentId id, String suffix) {
        return handle.createQuery(SELECT + " WHERE a.id = ? AND a.group_id = ?" + suffix)
                .bind(0, id.hex())
                .bind(1, group.hex())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Those of the ids that there are, in no order. */
    static List<Assignment> all(Handle handle, List<AssignmentId> ids) {
        return handle.createQuery(SELECT + " WHERE a.id IN (<ids>)")
                .bindList("ids", ids.stream().map(AssignmentId::hex).toList())
                .map((row, context) -> row(row).assignment())
                .list();
    }

    /** Those of a project in a state, oldest first. */
    static List<Row> inState(Handle handle, GroupId group, AssignmentState state) {
        return handle.createQuery(SELECT + " WHERE a.group_id = ? AND a.state = ? ORDER BY a.created, a.id")
                .bind(0, group.hex())
                .bind(1, state.name())
                .map((row, context) -> row(row))
                .list();
    }

    /** Open ones that may begin, oldest first, each with its hosts in order. */
    static List<Row> startable(Handle handle, GroupId group, Instant now) {
        return handle.createQuery(SELECT + " WHERE a.group_id = ? AND a.state = 'OPEN' AND a.not_before <= ?"
                        + " ORDER BY a.created, a.id")
                .bind(0, group.hex())
                .bind(1, now.toEpochMilli())
                .map((row, context) -> row(row))
                .list();
    }

    static List<HostId> hosts(Handle handle, AssignmentId id) {
        return handle.createQuery("SELECT host_id FROM assignment_host WHERE assignment_id = ? ORDER BY position")
                .bind(0, id.hex())
                .map((row, context) -> new HostId(row.getString(1)))
                .list();
    }

    /** False if it is not open any more. */
    static boolean lease(Handle tx, AssignmentId id, String agent, String instance, HostId host, Instant until) {
        return tx.execute(
                        "UPDATE assignment SET state = 'LEASED', attempt = attempt + 1, agent = ?, instance = ?,"
                                + " host_id = ?, held_until = ?, step = NULL, done_bytes = 0, total_bytes = 0"
                                + " WHERE id = ? AND state = 'OPEN'",
                        agent,
                        instance,
                        host.hex(),
                        until.toEpochMilli(),
                        id.hex())
                == 1;
    }

    static void progress(Handle tx, AssignmentId id, String step, long done, long total, Instant until) {
        tx.execute(
                "UPDATE assignment SET step = ?, done_bytes = ?, total_bytes = ?, held_until = ? WHERE id = ?",
                step,
                done,
                total,
                until.toEpochMilli(),
                id.hex());
    }

    /** Ends the attempt; the work may be given out again from {@code notBefore}. */
    static void reopen(Handle tx, AssignmentId id, String reason, Instant notBefore) {
        tx.execute(
                "UPDATE assignment SET state = 'OPEN', held_until = NULL, reason = ?, not_before = ? WHERE id = ?",
                reason,
                notBefore.toEpochMilli(),
                id.hex());
    }

    /** Ends an assignment; false if it had ended before. */
    static boolean end(
            Handle tx, AssignmentId id, AssignmentState state, ObjectNode result, String reason, Instant now) {
        int changed = tx.execute(
                "UPDATE assignment SET state = ?, held_until = NULL, result = ?, reason = coalesce(?, reason), ended = ?"
                        + " WHERE id = ? AND state IN ('OPEN', 'LEASED')",
                state.name(),
                result == null ? null : text(result),
                reason,
                now.toEpochMilli(),
                id.hex());
        return changed == 1;
    }

    static void deleteAll(Handle tx, GroupId group) {
        tx.execute("DELETE FROM assignment WHERE group_id = ?", group.hex());
    }

    private static Row row(ResultSet row) throws SQLException {
        String host = row.getString("host_id");
        Assignment assignment = new Assignment(
                new AssignmentId(row.getString("id")),
                new GroupId(row.getString("group_id")),
                AssignmentKind.valueOf(row.getString("kind")),
                AssignmentState.valueOf(row.getString("state")),
                document(row.getString("payload")),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getInt("attempt"),
                row.getString("agent"),
                host == null ? null : new HostId(host),
                instant(row, "held_until"),
                row.getString("step"),
                row.getLong("done_bytes"),
                row.getLong("total_bytes"),
                document(row.getString("result")),
                row.getString("reason"),
                instant(row, "ended"));
        return new Row(
                assignment,
                row.getString("instance"),
                row.getInt("max_attempts"),
                Instant.ofEpochMilli(row.getLong("not_after")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static String text(ObjectNode document) {
        return new String(ApiJson.write(document, false), StandardCharsets.UTF_8);
    }

    private static ObjectNode document(String text) {
        try {
            return text == null ? null : (ObjectNode) ApiJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an assignment's row holds what is no JSON", e);
        }
    }
}
