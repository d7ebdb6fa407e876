package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code webhook} and {@code webhook_delivery}. */
final class WebhookTable {
    private static final String SELECT = "SELECT id, group_id, url, secret_id, secret, created FROM webhook";

    private WebhookTable() {}

    /** An event that is to be sent to a webhook, and how often that was tried. */
    record Due(String hook, GroupId group, long seq, int attempts) {}

    /** How much is still to be sent to a webhook, and how much was given up. */
    record Backlog(long pending, long dead) {}

    static void insert(Handle tx, Webhook hook) {
        tx.execute(
                "INSERT INTO webhook (id, group_id, url, secret_id, secret, created) VALUES (?, ?, ?, ?, ?, ?)",
                hook.id(),
                hook.group().hex(),
                hook.url(),
                hook.secret().keyId(),
                hook.secret().text(),
                hook.created().toEpochMilli());
    }

    static List<Webhook> of(Handle handle, GroupId group) {
        return handle.createQuery(SELECT + " WHERE group_id = ? ORDER BY created, id")
                .bind(0, group.hex())
                .map((row, context) -> hook(row))
                .list();
    }

    static Optional<Webhook> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> hook(row))
                .findOne();
    }

    static List<Webhook> sealedOtherwise(Handle handle, String keyId) {
        return handle.createQuery(SELECT + " WHERE secret_id <> ?")
                .bind(0, keyId)
                .map((row, context) -> hook(row))
                .list();
    }

    static void setSecret(Handle tx, String id, SealedSecret secret) {
        tx.execute("UPDATE webhook SET secret_id = ?, secret = ? WHERE id = ?", secret.keyId(), secret.text(), id);
    }

    static boolean delete(Handle tx, GroupId group, String id) {
        boolean there = tx.execute("DELETE FROM webhook WHERE id = ? AND group_id = ?", id, group.hex()) == 1;
        if (there) {
            tx.execute("DELETE FROM webhook_delivery WHERE hook_id = ?", id);
        }
        return there;
    }

    static Backlog backlog(Handle handle, String id) {
        return handle.createQuery("SELECT COUNT(*), COALESCE(SUM(dead), 0) FROM webhook_delivery WHERE hook_id = ?")
                .bind(0, id)
                .map((row, context) -> new Backlog(row.getLong(1) - row.getLong(2), row.getLong(2)))
                .one();
    }

    /** Puts an event into the outbox of each webhook of its project. */
    static void enqueue(Handle tx, GroupId group, long seq, long at) {
        tx.execute(
                "INSERT INTO webhook_delivery (hook_id, group_id, seq, attempts, next_at, leased_until, dead)"
                        + " SELECT id, group_id, ?, 0, ?, 0, 0 FROM webhook WHERE group_id = ?",
                seq,
                at,
                group.hex());
    }

    static List<Due> due(Handle handle, long now, int most) {
        return handle.createQuery("SELECT hook_id, group_id, seq, attempts FROM webhook_delivery"
                        + " WHERE dead = 0 AND next_at <= ? AND leased_until <= ? ORDER BY next_at, seq LIMIT ?")
                .bind(0, now)
                .bind(1, now)
                .bind(2, most)
                .map((row, context) ->
                        new Due(row.getString(1), new GroupId(row.getString(2)), row.getLong(3), row.getInt(4)))
                .list();
    }

    /** Takes a lease; false if another has it, or it was sent meanwhile. */
    static boolean lease(Handle tx, Due due, long now, long until) {
        return tx.execute(
                        "UPDATE webhook_delivery SET leased_until = ? WHERE hook_id = ? AND seq = ? AND dead = 0"
                                + " AND attempts = ? AND leased_until <= ?",
                        until,
                        due.hook(),
                        due.seq(),
                        due.attempts(),
                        now)
                == 1;
    }

    static void taken(Handle tx, Due due) {
        tx.execute("DELETE FROM webhook_delivery WHERE hook_id = ? AND seq = ?", due.hook(), due.seq());
    }

    static void later(Handle tx, Due due, long next, boolean dead, String trouble) {
        tx.execute(
                "UPDATE webhook_delivery SET attempts = ?, next_at = ?, leased_until = 0, dead = ?, trouble = ?"
                        + " WHERE hook_id = ? AND seq = ?",
                due.attempts() + 1,
                next,
                dead ? 1 : 0,
                trouble,
                due.hook(),
                due.seq());
    }

    static Optional<String> text(Handle handle, Due due) {
        return handle.createQuery("SELECT text FROM event WHERE group_id = ? AND seq = ?")
                .bind(0, due.group().hex())
                .bind(1, due.seq())
                .mapTo(String.class)
                .findOne();
    }

    private static Webhook hook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getString(1),
                new GroupId(row.getString(2)),
                row.getString(3),
                new SealedSecret(row.getString(4), row.getString(5)),
                Instant.ofEpochMilli(row.getLong(6)));
    }
}
