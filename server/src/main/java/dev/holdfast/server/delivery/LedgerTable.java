package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Dialect;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * The ledgers of links as rows: the figures in {@code delivery_link}, one row per open attempt, one per running answer.
 * A ledger is loaded under a lock on its link and saved in the same transaction, so what two nodes send at once is
 * merged and never lost.
 */
final class LedgerTable {
    private LedgerTable() {}

    /** Makes this transaction the only one that reads or changes the ledger of {@code id}. */
    static void lock(Handle tx, Dialect dialect, JobId id) {
        tx.createQuery("SELECT job_id FROM delivery_link WHERE job_id = ?" + dialect.forUpdate())
                .bind(0, id.hex())
                .mapTo(String.class)
                .findOne();
    }

    static AttemptLedger load(Handle tx, LinkRow link, LinkTerms terms) {
        String id = link.id().hex();
        List<Attempt> open = tx.createQuery(
                        "SELECT begun, covered FROM delivery_attempt WHERE job_id = ? ORDER BY number")
                .bind(0, id)
                .map((rs, context) ->
                        new Attempt(Instant.ofEpochMilli(rs.getLong(1)), ByteRanges.parse(rs.getString(2))))
                .list();
        Map<String, Sending> sendings = new LinkedHashMap<>();
        tx.createQuery("SELECT stream_id, node, range_from, range_to, resumed, touched FROM delivery_stream"
                        + " WHERE job_id = ? ORDER BY stream_id")
                .bind(0, id)
                .map((rs, context) -> Map.entry(
                        rs.getString(1),
                        new Sending(
                                rs.getString(2),
                                rs.getLong(3),
                                rs.getLong(4),
                                rs.getLong(5),
                                Instant.ofEpochMilli(rs.getLong(6)))))
                .forEach(entry -> sendings.put(entry.getKey(), entry.getValue()));
        return new AttemptLedger(
                terms,
                link.completed(),
                link.completedAt() == null ? null : Instant.ofEpochMilli(link.completedAt()),
                link.charged(),
                open,
                sendings);
    }

    /** Writes what {@code after} has and {@code before} had not. */
    static void save(Handle tx, LinkRow link, long size, State before, AttemptLedger after) {
        String id = link.id().hex();
        tx.execute(
                "UPDATE delivery_link SET size = ?, completed = ?, completed_at = ?, charged = ?" + " WHERE job_id = ?",
                size,
                after.completed(),
                after.completedAt() == null ? null : after.completedAt().toEpochMilli(),
                after.charged(),
                id);
        saveAttempts(tx, id, before.open(), after.open());
        saveSendings(tx, id, before.sendings(), after.sendings());
    }

    /** What rows say of a ledger, to find out later what has changed. */
    record State(List<Attempt> open, Map<String, Sending> sendings) {
        static State of(AttemptLedger ledger) {
            return new State(ledger.open(), ledger.sendings());
        }
    }

    private static void saveAttempts(Handle tx, String id, List<Attempt> before, List<Attempt> after) {
        for (int i = 0; i < after.size(); i++) {
            Attempt attempt = after.get(i);
            if (i < before.size() && attempt.equals(before.get(i))) {
                continue;
            }
            tx.execute(
                    "INSERT INTO delivery_attempt (job_id, number, begun, covered) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (job_id, number) DO UPDATE SET begun = excluded.begun,"
                            + " covered = excluded.covered",
                    id,
                    i,
                    attempt.begun().toEpochMilli(),
                    attempt.covered().text());
        }
        if (after.size() < before.size()) {
            tx.execute("DELETE FROM delivery_attempt WHERE job_id = ? AND number >= ?", id, after.size());
        }
    }

    private static void saveSendings(Handle tx, String id, Map<String, Sending> before, Map<String, Sending> after) {
        before.keySet().stream()
                .filter(stream -> !after.containsKey(stream))
                .forEach(stream -> tx.execute("DELETE FROM delivery_stream WHERE stream_id = ?", stream));
        after.forEach((stream, sending) -> {
            if (!Objects.equals(sending, before.get(stream))) {
                tx.execute(
                        "INSERT INTO delivery_stream (stream_id, job_id, node, range_from, range_to, resumed, touched)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (stream_id) DO UPDATE SET range_from = excluded.range_from,"
                                + " range_to = excluded.range_to, resumed = excluded.resumed,"
                                + " touched = excluded.touched",
                        stream,
                        id,
                        sending.node(),
                        sending.from(),
                        sending.to(),
                        sending.resumed(),
                        sending.touched().toEpochMilli());
            }
        });
    }

    /** Says that no process {@code node} runs that sent anything before {@code now}: it has just started. */
    static void declareDead(Handle tx, String node, Instant now) {
        long silentSince = AttemptLedger.silent(now).toEpochMilli();
        tx.execute(
                "UPDATE delivery_stream SET touched = ? WHERE node = ? AND touched > ?",
                silentSince,
                node,
                silentSince);
    }

    /** Links with a dead process's sending whose client has resumed, so that it can be settled. */
    static List<JobId> unsettled(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT DISTINCT job_id FROM delivery_stream WHERE resumed > range_from AND touched < ?")
                .bind(0, now.minus(AttemptLedger.SILENCE).toEpochMilli())
                .map((rs, context) -> new JobId(rs.getString(1)))
                .list();
    }
}
