package dev.holdfast.server.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code access_global_entry}. */
final class GlobalListTable {
    private static final String SELECT = "SELECT id, block, description, created, updated FROM access_global_entry";

    private GlobalListTable() {}

    /** False if the block is there. */
    static boolean insert(Handle tx, GlobalListEntry entry) {
        return tx.execute(
                        "INSERT INTO access_global_entry (id, block, description, created, updated)"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        entry.id(),
                        entry.block().toString(),
                        entry.description(),
                        entry.created().toEpochMilli(),
                        entry.updated().toEpochMilli())
                == 1;
    }

    static void update(Handle tx, GlobalListEntry entry) {
        tx.execute(
                "UPDATE access_global_entry SET block = ?, description = ?, updated = ? WHERE id = ?",
                entry.block().toString(),
                entry.description(),
                entry.updated().toEpochMilli(),
                entry.id());
    }

    static void delete(Handle tx, String id) {
        tx.execute("DELETE FROM access_global_entry WHERE id = ?", id);
    }

    static Optional<GlobalListEntry> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> entry(row))
                .findOne();
    }

    /** Oldest first. */
    static List<GlobalListEntry> all(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY created, id")
                .map((row, context) -> entry(row))
                .list();
    }

    private static GlobalListEntry entry(ResultSet row) throws SQLException {
        return new GlobalListEntry(
                row.getString(1),
                AddressBlock.parse(row.getString(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
