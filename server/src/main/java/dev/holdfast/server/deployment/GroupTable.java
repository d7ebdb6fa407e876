package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code project}. */
final class GroupTable {
    private static final String SELECT = "SELECT id, name, org_id, created FROM project";

    private GroupTable() {}

    /** False if the name is taken. Not by a caught error, for that would end a PostgreSQL transaction. */
    static boolean insert(Handle tx, Group group) {
        return tx.execute(
                        "INSERT INTO project (id, name, org_id, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        group.id().hex(),
                        group.name(),
                        group.orgId().hex(),
                        group.created().toEpochMilli())
                == 1;
    }

    /** False if there is no such project. */
    static boolean rename(Handle tx, GroupId id, String name) {
        return tx.execute("UPDATE project SET name = ? WHERE id = ?", name, id.hex()) == 1;
    }

    /** Locks the project's row until the transaction ends; false if there is none. */
    static boolean lock(Handle tx, GroupId id) {
        return tx.execute("UPDATE project SET created = created WHERE id = ?", id.hex()) == 1;
    }

    /** Deletes a project with its hosts and clusters, members before those that they are members of. */
    static void delete(Handle tx, GroupId id) {
        for (String statement : List.of(
                "DELETE FROM host WHERE group_id = ?",
                "DELETE FROM cluster WHERE group_id = ? AND parent_id IS NOT NULL",
                "DELETE FROM cluster WHERE group_id = ?",
                "DELETE FROM project WHERE id = ?")) {
            tx.execute(statement, id.hex());
        }
    }

    static Optional<Group> find(Handle handle, GroupId id) {
        return handle.createQuery(SELECT + " WHERE id = ?")
                .bind(0, id.hex())
                .map((row, context) -> group(row))
                .findOne();
    }

    static Optional<Group> findByName(Handle handle, String name) {
        return handle.createQuery(SELECT + " WHERE name = ?")
                .bind(0, name)
                .map((row, context) -> group(row))
                .findOne();
    }

    static List<Group> all(Handle handle) {
        return handle.createQuery(SELECT).map((row, context) -> group(row)).list();
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                new GroupId(row.getString("id")),
                row.getString("name"),
                new OrgId(row.getString("org_id")),
                Columns.instant(row, "created"));
    }
}
