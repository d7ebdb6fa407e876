package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.database.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The events of all projects. */
public final class Events {
    /** Class path folder of the room's migrations. */
    public static final String MIGRATIONS = "dev/holdfast/server/events/migrations";

    private final Database database;
    private volatile Consumer<GroupId> listener = group -> {};

    /** Does no I/O. */
    public Events(Database database) {
        this.database = database;
    }

    /**
     * Tells an event within the caller's transaction, as one of its last steps: nobody else can tell one of the same
     * project before the commit. Whoever tells of several projects does so in the order of their ids.
     *
     * @param type for example {@code snapshot.complete}
     * @param about further attributes: texts, numbers, booleans; never a secret
     */
    public void tell(Handle tx, GroupId group, String type, Map<String, ?> about, Instant at) {
        long seq = EventTable.next(tx, group);
        Map<String, Object> document = new TreeMap<>(about);
        document.put("at", ApiJson.date(at));
        document.put("groupId", group.hex());
        document.put("id", seq);
        document.put("type", type);
        String text = new String(ApiJson.write(document, false), StandardCharsets.UTF_8);
        EventTable.insert(tx, new Event(group, seq, type, text), at.toEpochMilli());
        WebhookTable.enqueue(tx, group, seq, at.toEpochMilli());
        tx.afterCommit(() -> listener.accept(group));
    }

    /** Forgets a project that is no more. */
    public void forget(Handle tx, GroupId group) {
        EventTable.forget(tx, group);
    }

    /** Is told of each project in which this process commits an event; must not block. */
    void listen(Consumer<GroupId> told) {
        listener = told;
    }

    long head(GroupId group) {
        return database.read(handle -> EventTable.head(handle, group));
    }

    Map<GroupId, Long> heads(Collection<GroupId> groups) {
        return database.read(handle -> EventTable.heads(handle, groups));
    }

    List<Event> after(GroupId group, long seq, int most) {
        return database.read(handle -> EventTable.after(handle, group, seq, most));
    }

    int prune(Instant before) {
        return database.write(tx -> EventTable.prune(tx, before.toEpochMilli()));
    }
}
