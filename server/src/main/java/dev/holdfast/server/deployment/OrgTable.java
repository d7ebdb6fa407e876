package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.OrgId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code organisation}. */
final class OrgTable {
    private static final String SELECT = "SELECT id, name, created FROM organisation";

    private OrgTable() {}

    static void insert(Handle tx, Org org) {
        tx.execute(
                "INSERT INTO organisation (id, name, created) VALUES (?, ?, ?)",
                org.id().hex(),
                org.name(),
                org.created().toEpochMilli());
    }

    static Optional<Org> find(Handle handle, OrgId id) {
        return handle.createQuery(SELECT + " WHERE id = ?")
                .bind(0, id.hex())
                .map((row, context) -> org(row))
                .findOne();
    }

    static List<Org> all(Handle handle) {
        return handle.createQuery(SELECT).map((row, context) -> org(row)).list();
    }

    private static Org org(ResultSet row) throws SQLException {
        return new Org(new OrgId(row.getString("id")), row.getString("name"), Columns.instant(row, "created"));
    }
}
