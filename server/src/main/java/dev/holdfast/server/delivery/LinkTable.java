package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.database.Database;
import dev.holdfast.database.Lookup;
import dev.holdfast.database.Row;
import dev.holdfast.server.delivery.LinkState.Hash;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code delivery_link} and {@code delivery_hash}. */
final class LinkTable {
    private static final String SELECT = "SELECT l.job_id, l.group_id, l.part_id, l.file_name, l.token,"
            + " l.max_downloads, l.created, l.expires, l.size, l.completed, l.completed_at, l.charged,"
            + " l.broken, l.killed, h.sha1, h.sha256 FROM delivery_link l LEFT JOIN delivery_hash h ON h.job_id = l.job_id";

    private static final String BY_ID = SELECT + " WHERE l.job_id = ?";
    private static final Lookup<LinkRow> ONE = new Lookup<>(BY_ID, LinkTable::row);

    private LinkTable() {}

    static void insert(Handle tx, LinkRequest request, String token) {
        tx.execute(
                "INSERT INTO delivery_link (job_id, group_id, part_id, file_name, token, max_downloads, created,"
                        + " expires, completed, charged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                request.id().hex(),
                request.group().hex(),
                request.part().hex(),
                request.fileName(),
                token,
                request.maxDownloads(),
                request.created().toEpochMilli(),
                request.expires().toEpochMilli());
    }

    /** With each question about a job: the hot path. */
    static Optional<LinkRow> find(Database database, JobId id) {
        return database.find(ONE, id.hex());
    }

    static Optional<LinkRow> find(Handle handle, JobId id) {
        return handle.createQuery(BY_ID)
                .bind(0, id.hex())
                .map((row, context) -> row(Row.of(row)))
                .findOne();
    }

    static List<LinkRow> find(Handle handle, Collection<JobId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(SELECT + " WHERE l.job_id IN (<ids>)")
                .bindList("ids", ids.stream().map(JobId::hex).toList())
                .map((row, context) -> row(Row.of(row)))
                .list();
    }

    /** Links that may still be read at {@code moment}, or were completed, whose hash nobody has written yet. */
    static List<LinkRow> unhashed(Handle handle, Instant moment) {
        return handle.createQuery(
                        SELECT
                                + " WHERE h.job_id IS NULL AND l.broken IS NULL AND l.killed IS NULL AND (l.expires > ? OR l.completed > 0)")
                .bind(0, moment.toEpochMilli())
                .map((row, context) -> row(Row.of(row)))
                .list();
    }

    /** Parts that links need which have not expired by {@code moment}, or of which an answer was {@code alive} since. */
    static List<PartId> parts(Handle handle, Instant moment, Instant alive) {
        return handle.createQuery(
                        "SELECT DISTINCT part_id FROM delivery_link l WHERE l.broken IS NULL AND l.killed IS NULL AND (l.expires > ?"
                                + " OR EXISTS (SELECT 1 FROM delivery_stream s WHERE s.job_id = l.job_id AND s.touched > ?))")
                .bind(0, moment.toEpochMilli())
                .bind(1, alive.toEpochMilli())
                .map((rs, context) -> new PartId(rs.getString(1)))
                .list();
    }

    /** Marks a link as broken, once: the first reason stays, and false is the answer to any other. */
    static boolean setBroken(Handle tx, JobId id, String reason) {
        return tx.execute("UPDATE delivery_link SET broken = ? WHERE job_id = ? AND broken IS NULL", reason, id.hex())
                == 1;
    }

    /** Some links whose time is over and of which that was not told. */
    static List<JobId> untold(Handle handle, Instant now) {
        return handle.createQuery("SELECT job_id FROM delivery_link WHERE expiry_told = 0 AND expires <= ?"
                        + " ORDER BY expires LIMIT 1000")
                .bind(0, now.toEpochMilli())
                .map((row, context) -> new JobId(row.getString(1)))
                .list();
    }

    /** Notes that it was told; false if it was already. */
    static boolean setTold(Handle tx, JobId id) {
        return tx.execute("UPDATE delivery_link SET expiry_told = 1 WHERE job_id = ? AND expiry_told = 0", id.hex())
                == 1;
    }

    /** Marks a link as killed, once; one that is broken stays so. True if this did it. */
    static boolean setKilled(Handle tx, JobId id, Instant now) {
        return tx.execute(
                        "UPDATE delivery_link SET killed = ? WHERE job_id = ? AND killed IS NULL AND broken IS NULL",
                        now.toEpochMilli(),
                        id.hex())
                == 1;
    }

    /** Marks every link to a part as broken that has not expired. */
    static void setBroken(Handle tx, PartId part, String reason, Instant now) {
        tx.execute(
                "UPDATE delivery_link SET broken = ? WHERE part_id = ? AND broken IS NULL AND expires > ?",
                reason,
                part.hex(),
                now.toEpochMilli());
    }

    /** Writes a hash; nothing when another node was first. */
    static void putHash(Handle tx, JobId id, Hash hash, Instant now) {
        tx.execute(
                "INSERT INTO delivery_hash (job_id, sha1, sha256, computed) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (job_id) DO NOTHING",
                id.hex(),
                hash.sha1(),
                hash.sha256(),
                now.toEpochMilli());
    }

    private static LinkRow row(Row row) throws SQLException {
        LinkRequest request = new LinkRequest(
                new JobId(row.text("job_id")),
                new GroupId(row.text("group_id")),
                new PartId(row.text("part_id")),
                row.text("file_name"),
                (int) row.number("max_downloads"),
                Instant.ofEpochMilli(row.number("expires")),
                Instant.ofEpochMilli(row.number("created")));
        String sha1 = row.text("sha1");
        return new LinkRow(
                request,
                row.text("token"),
                row.numberOrNull("size"),
                (int) row.number("completed"),
                row.numberOrNull("completed_at"),
                row.number("charged"),
                row.text("broken"),
                row.numberOrNull("killed") == null ? null : Instant.ofEpochMilli(row.number("killed")),
                sha1 == null ? null : new Hash(request.fileName(), sha1, row.text("sha256")));
    }
}
