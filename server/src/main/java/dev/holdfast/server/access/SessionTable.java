package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code access_session}. */
final class SessionTable {
    private static final String SELECT = "SELECT s.id, s.key_id, k.public_key, s.created, s.last_used, s.token_sha256"
            + " FROM access_session s JOIN access_key k ON k.id = s.key_id";

    private SessionTable() {}

    static void insert(Handle tx, Session session, SessionToken token) {
        tx.execute(
                "INSERT INTO access_session (id, token_sha256, key_id, created, last_used) VALUES (?, ?, ?, ?, ?)",
                session.id(),
                token.hash(),
                session.key().hex(),
                session.created().toEpochMilli(),
                session.lastUsed().toEpochMilli());
    }

    static Optional<Session> find(Handle handle, SessionToken token) {
        record Row(Session session, String hash) {}
        // the index finds by hash, of which a caller cannot choose a single bit; the comparison is constant-time anyway
        return handle.createQuery(SELECT + " WHERE s.token_sha256 = ?")
                .bind(0, token.hash())
                .map((row, context) -> new Row(session(row), row.getString(6)))
                .findOne()
                .filter(row -> token.isOf(row.hash()))
                .map(Row::session);
    }

    static Optional<Session> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE s.id = ?")
                .bind(0, id)
                .map((row, context) -> session(row))
                .findOne();
    }

    /** Those of a key, the one that was used last first. */
    static List<Session> of(Handle handle, KeyId key) {
        return handle.createQuery(SELECT + " WHERE s.key_id = ? ORDER BY s.last_used DESC, s.id DESC")
                .bind(0, key.hex())
                .map((row, context) -> session(row))
                .list();
    }

    /** Those that were opened, or last used, before that. */
    static List<Session> before(Handle handle, Instant created, Instant lastUsed) {
        return handle.createQuery(SELECT + " WHERE s.created <= ? OR s.last_used <= ? ORDER BY s.created, s.id")
                .bind(0, created.toEpochMilli())
                .bind(1, lastUsed.toEpochMilli())
                .map((row, context) -> session(row))
                .list();
    }

    /** Moves the last use forward, never back: another node may have seen a later one. */
    static void used(Handle tx, String id, Instant now) {
        tx.execute(
                "UPDATE access_session SET last_used = ? WHERE id = ? AND last_used < ?",
                now.toEpochMilli(),
                id,
                now.toEpochMilli());
    }

    /** False if it is gone already. */
    static boolean delete(Handle tx, String id) {
        return tx.execute("DELETE FROM access_session WHERE id = ?", id) == 1;
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString(1),
                new KeyId(row.getString(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
