package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The rows of {@code event} and {@code event_head}. */
final class EventTable {
    private EventTable() {}

    /** The next number of a project; nobody else gets one before this transaction's end. */
    static long next(Handle tx, GroupId group) {
        return tx.createQuery("INSERT INTO event_head (group_id, seq) VALUES (?, 1)"
                        + " ON CONFLICT (group_id) DO UPDATE SET seq = event_head.seq + 1 RETURNING seq")
                .bind(0, group.hex())
                .mapTo(Long.class)
                .one();
    }

    static void insert(Handle tx, Event event, long at) {
        tx.execute(
                "INSERT INTO event (group_id, seq, at, type, text) VALUES (?, ?, ?, ?, ?)",
                event.group().hex(),
                event.seq(),
                at,
                event.type(),
                event.text());
    }

    /** Number of the last event, 0 for none. */
    static long head(Handle handle, GroupId group) {
        return handle.createQuery("SELECT seq FROM event_head WHERE group_id = ?")
                .bind(0, group.hex())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    static Map<GroupId, Long> heads(Handle handle, Collection<GroupId> groups) {
        Map<GroupId, Long> heads = new HashMap<>();
        if (!groups.isEmpty()) {
            handle.createQuery("SELECT group_id, seq FROM event_head WHERE group_id IN (<groups>)")
                    .bindList("groups", groups.stream().map(GroupId::hex).toList())
                    .map((row, context) -> Map.entry(new GroupId(row.getString(1)), row.getLong(2)))
                    .forEach(entry -> heads.put(entry.getKey(), entry.getValue()));
        }
        return heads;
    }

    static List<Event> after(Handle handle, GroupId group, long seq, int most) {
        return handle.createQuery(
                        "SELECT seq, type, text FROM event WHERE group_id = ? AND seq > ? ORDER BY seq LIMIT ?")
                .bind(0, group.hex())
                .bind(1, seq)
                .bind(2, most)
                .map((row, context) -> new Event(group, row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Deletes what is old, but nothing that a webhook still waits for. */
    static int prune(Handle tx, long before) {
        tx.execute("DELETE FROM webhook_delivery WHERE dead = 1 AND next_at < ?", before);
        return tx.execute(
                "DELETE FROM event WHERE at < ? AND NOT EXISTS (SELECT 1 FROM webhook_delivery d"
                        + " WHERE d.group_id = event.group_id AND d.seq = event.seq)",
                before);
    }

    static void forget(Handle tx, GroupId group) {
        for (String table : List.of("webhook_delivery", "webhook", "event", "event_head")) {
            tx.execute("DELETE FROM " + table + " WHERE group_id = ?", group.hex());
        }
    }
}
