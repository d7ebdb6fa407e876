package dev.holdfast.server.scrub;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.PartLinks;
import dev.holdfast.server.snapshot.DamagedParts;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.ScrubCursor;
import dev.holdfast.store.scrub.SliceReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was read of the store and what is damaged in it. Safe for several threads and nodes. */
public final class ScrubLog {
    /** Where this room's migrations are. */
    public static final String MIGRATIONS = "dev/holdfast/server/scrub/migrations";

    /** The lease that whoever scrubs takes. */
    public static final String LEASE = "scrub";

    private static final Logger log = LoggerFactory.getLogger(ScrubLog.class);
    private static final int MOST_REASON = 500;

    private final Database database;
    private final DamagedParts parts;
    private final PartLinks links;

    /** Does no I/O. */
    public ScrubLog(Database database, DamagedParts parts, PartLinks links) {
        this.database = database;
        this.parts = parts;
        this.links = links;
    }

    /** How far the scrub is. */
    public ScrubState state() {
        return database.read(ScrubTable::state);
    }

    /** Everything that is known to be damaged, by file and offset. */
    public List<Finding> findings() {
        return database.read(ScrubTable::findings);
    }

    /** Packs that are known to be damaged, by project. */
    public Map<GroupId, Set<PackId>> damagedPacks() {
        Map<GroupId, Set<PackId>> packs = new HashMap<>();
        findings()
                .forEach(finding -> PackNames.parse(finding.damage().blob())
                        .ifPresent(name -> packs.computeIfAbsent(name.project(), id -> new HashSet<>())
                                .add(name.pack())));
        return packs;
    }

    /** Takes in a slice: the cursor moves, findings of what it read come and go, and parts are marked accordingly. */
    public void record(SliceReport slice, Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        database.change(tx -> {
            ScrubState before = ScrubTable.state(tx);
            ScrubTable.put(tx, after(before, slice, moment));
            for (Finding known : ScrubTable.findings(tx)) {
                if (slice.covers(known.unit())) {
                    ScrubTable.delete(tx, known);
                }
            }
            slice.found().forEach(found -> ScrubTable.put(tx, new Finding(found.unit(), found.damage(), moment)));
            mark(tx, moment);
        });
    }

    /**
     * Takes in what a reading of the whole store found: everything else that was known is mended.
     *
     * @param exists whether a file of that name is in the store
     */
    public void recordAll(Collection<Damage> damages, Predicate<String> exists, Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        database.change(tx -> {
            ScrubTable.findings(tx).forEach(known -> ScrubTable.delete(tx, known));
            damages.forEach(damage -> ScrubTable.put(tx, new Finding(unit(damage, exists), damage, moment)));
            mark(tx, moment);
        });
    }

    /** Takes in damage that somebody met who read for another reason. */
    public void add(Collection<Damage> damages, Predicate<String> exists, Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        database.change(tx -> {
            damages.forEach(damage -> ScrubTable.put(tx, new Finding(unit(damage, exists), damage, moment)));
            mark(tx, moment);
        });
    }

    private static ScrubState after(ScrubState before, SliceReport slice, Instant now) {
        long today = before.readToday(now) + slice.bytes();
        Instant begun = before.roundBegun() == null ? now : before.roundBegun();
        long bytes = before.roundBytes() + slice.bytes();
        return slice.endedRound()
                ? new ScrubState(slice.to(), null, 0, begun, now, bytes, ScrubState.dayOf(now), today, now)
                : new ScrubState(
                        slice.to(),
                        begun,
                        bytes,
                        before.lastBegun(),
                        before.lastEnded(),
                        before.lastBytes(),
                        ScrubState.dayOf(now),
                        today,
                        now);
    }

    /** Which unit of a round will read this damage again. */
    private static ScrubCursor unit(Damage damage, Predicate<String> exists) {
        String blob = damage.blob();
        if (exists.test(blob)) {
            for (ScrubCursor.Stage stage :
                    List.of(ScrubCursor.Stage.PACKS, ScrubCursor.Stage.RUNS, ScrubCursor.Stage.PAGES)) {
                String folder = stage == ScrubCursor.Stage.RUNS
                        ? "index/"
                        : stage.name().toLowerCase(java.util.Locale.ROOT) + "/";
                if (blob.startsWith(folder)) {
                    return new ScrubCursor(stage, blob);
                }
            }
        }
        String name = damage.parts().stream()
                .map(part -> part.project() + "/" + part.id())
                .sorted()
                .findFirst()
                .orElse("");
        return new ScrubCursor(ScrubCursor.Stage.PARTS, name);
    }

    private void mark(Handle tx, Instant now) {
        Map<PartId, String> damaged = new LinkedHashMap<>();
        for (Finding finding : ScrubTable.findings(tx)) {
            for (Damage.Part part : finding.damage().parts()) {
                damaged.putIfAbsent(part.id(), shortly(finding.damage().what()));
            }
        }
        Map<PartId, String> marked = parts.all(tx);
        marked.keySet().stream().filter(part -> !damaged.containsKey(part)).forEach(part -> parts.clear(tx, part));
        damaged.forEach((part, reason) -> {
            if (!reason.equals(marked.get(part))) {
                log.error(
                        "DAMAGED DATA: part {} cannot be restored: {}\nHINT: holdfast repair mends it from a copy, or"
                                + " from a new capture of the same data; until then make a new snapshot.",
                        part,
                        reason);
                parts.mark(tx, part, reason);
            }
            links.breakOf(tx, part, reason, now);
        });
    }

    private static String shortly(String reason) {
        return reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON);
    }
}
