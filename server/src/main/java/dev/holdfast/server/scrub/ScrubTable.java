package dev.holdfast.server.scrub;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.ScrubCursor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** SQL of the tables {@code scrub_state}, {@code scrub_finding} and {@code scrub_finding_part}. */
final class ScrubTable {
    private ScrubTable() {}

    static ScrubState state(Handle handle) {
        return handle.createQuery("SELECT position, round_begun, round_bytes, last_begun, last_ended, last_bytes, day,"
                        + " day_bytes, touched FROM scrub_state WHERE id = 1")
                .map((row, context) -> new ScrubState(
                        // what another version wrote and we do not know begins the round anew
                        ScrubCursor.parse(row.getString("position")).orElse(ScrubCursor.START),
                        instant(row, "round_begun"),
                        row.getLong("round_bytes"),
                        instant(row, "last_begun"),
                        instant(row, "last_ended"),
                        row.getLong("last_bytes"),
                        row.getLong("day"),
                        row.getLong("day_bytes"),
                        instant(row, "touched")))
                .findOne()
                .orElse(ScrubState.NEVER);
    }

    static void put(Handle tx, ScrubState state) {
        tx.execute(
                "INSERT INTO scrub_state (id, position, round_begun, round_bytes, last_begun, last_ended, last_bytes,"
                        + " day, day_bytes, touched) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET position = excluded.position,"
                        + " round_begun = excluded.round_begun, round_bytes = excluded.round_bytes,"
                        + " last_begun = excluded.last_begun, last_ended = excluded.last_ended,"
                        + " last_bytes = excluded.last_bytes, day = excluded.day, day_bytes = excluded.day_bytes,"
                        + " touched = excluded.touched",
                state.cursor().toString(),
                millis(state.roundBegun()),
                state.roundBytes(),
                millis(state.lastBegun()),
                millis(state.lastEnded()),
                state.lastBytes(),
                state.day(),
                state.dayBytes(),
                millis(state.touched()));
    }

    static List<Finding> findings(Handle handle) {
        Map<String, Set<Damage.Part>> parts = new HashMap<>();
        handle.createQuery("SELECT finding_id, group_id, part_id FROM scrub_finding_part")
                .map((row, context) -> Map.entry(
                        row.getString("finding_id"),
                        new Damage.Part(new GroupId(row.getString("group_id")), new PartId(row.getString("part_id")))))
                .forEach(one -> parts.computeIfAbsent(one.getKey(), id -> new HashSet<>())
                        .add(one.getValue()));
        return new ArrayList<>(handle.createQuery(
                        "SELECT id, stage, unit, blob, at_byte, what, found FROM scrub_finding ORDER BY blob, at_byte")
                .map((row, context) -> new Finding(
                        new ScrubCursor(ScrubCursor.Stage.valueOf(row.getString("stage")), row.getString("unit")),
                        new Damage(
                                row.getString("blob"),
                                row.getLong("at_byte"),
                                row.getString("what"),
                                parts.getOrDefault(row.getString("id"), Set.of())),
                        Instant.ofEpochMilli(row.getLong("found"))))
                .list());
    }

    /** Adds a finding, or says anew what it is about; when it was found first stays. */
    static void put(Handle tx, Finding finding) {
        String id = id(finding);
        Damage damage = finding.damage();
        tx.execute(
                "INSERT INTO scrub_finding (id, stage, unit, blob, at_byte, what, found) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET what = excluded.what",
                id,
                finding.unit().stage().name(),
                finding.unit().name(),
                damage.blob(),
                damage.offset(),
                damage.what(),
                finding.found().toEpochMilli());
        tx.execute("DELETE FROM scrub_finding_part WHERE finding_id = ?", id);
        for (Damage.Part part : damage.parts()) {
            tx.execute(
                    "INSERT INTO scrub_finding_part (finding_id, group_id, part_id) VALUES (?, ?, ?)",
                    id,
                    part.project().hex(),
                    part.id().hex());
        }
    }

    static void delete(Handle tx, Finding finding) {
        tx.execute("DELETE FROM scrub_finding_part WHERE finding_id = ?", id(finding));
        tx.execute("DELETE FROM scrub_finding WHERE id = ?", id(finding));
    }

    /** Unit, file and offset make a finding; their hash is short enough for a key. */
    private static String id(Finding finding) {
        String text = finding.unit() + "\n" + finding.damage().blob() + "\n"
                + finding.damage().offset();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static Long millis(Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }
}
