package dev.holdfast.server.audit;

import dev.holdfast.database.Dialect;
import dev.holdfast.server.http.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code audit_record} and {@code audit_head}. Nothing here changes or deletes a record. */
final class AuditTable {
    private static final String COLUMNS = "SELECT seq, at, kind, group_id, text, hash FROM audit_record";

    private AuditTable() {}

    /** The head; in a transaction that writes, nobody else can move it until its end. */
    static AuditHead lockedHead(Handle tx, Dialect dialect) {
        return head(tx, dialect.forUpdate());
    }

    static AuditHead head(Handle handle) {
        return head(handle, "");
    }

    private static AuditHead head(Handle handle, String suffix) {
        return handle.createQuery("SELECT seq, hash, seal FROM audit_head WHERE id = 1" + suffix)
                .map((row, context) -> new AuditHead(row.getLong(1), row.getString(2), row.getString(3)))
                .findOne()
                .orElse(null);
    }

    static void append(Handle tx, AuditRow row, AuditHead head) {
        tx.execute(
                "INSERT INTO audit_record (seq, at, kind, group_id, text, hash) VALUES (?, ?, ?, ?, ?, ?)",
                row.seq(),
                row.at(),
                row.kind(),
                row.groupId(),
                row.text(),
                row.hash());
        tx.execute(
                "UPDATE audit_head SET seq = ?, hash = ?, seal = ? WHERE id = 1", head.seq(), head.hash(), head.seal());
    }

    /** Records from {@code after} (exclusive) to {@code to}, in their order. */
    static List<AuditRow> walk(Handle handle, long after, long to, int most) {
        return handle.createQuery(COLUMNS + " WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?")
                .bind(0, after)
                .bind(1, to)
                .bind(2, most)
                .map((row, context) -> row(row))
                .list();
    }

    /** How many records lie outside of what the head covers; one statement, so that no record comes in between. */
    static long outside(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM audit_record WHERE seq < 1"
                        + " OR seq > (SELECT seq FROM audit_head WHERE id = 1)")
                .mapTo(Long.class)
                .one();
    }

    static long count(Handle handle, AuditFilter filter) {
        return bound(handle.createQuery("SELECT COUNT(*) FROM audit_record" + where(filter)), filter)
                .mapTo(Long.class)
                .one();
    }

    /** The latest first. */
    static List<AuditRow> page(Handle handle, AuditFilter filter, Paging paging) {
        return bound(
                        handle.createQuery(COLUMNS + where(filter) + " ORDER BY seq DESC LIMIT :limit OFFSET :offset"),
                        filter)
                .bind("limit", paging.itemsPerPage())
                .bind("offset", paging.offset())
                .map((row, context) -> row(row))
                .list();
    }

    private static String where(AuditFilter filter) {
        List<String> terms = new ArrayList<>();
        if (filter.group() != null) {
            terms.add("group_id = :group");
        }
        if (filter.kind() != null) {
            terms.add("kind = :kind");
        }
        if (filter.from() != null) {
            terms.add("at >= :from");
        }
        if (filter.to() != null) {
            terms.add("at < :to");
        }
        return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
    }

    private static Query bound(Query query, AuditFilter filter) {
        if (filter.group() != null) {
            query.bind("group", filter.group().hex());
        }
        if (filter.kind() != null) {
            query.bind("kind", filter.kind().name());
        }
        if (filter.from() != null) {
            query.bind("from", filter.from().toEpochMilli());
        }
        return filter.to() == null ? query : query.bind("to", filter.to().toEpochMilli());
    }

    private static AuditRow row(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
    }
}
