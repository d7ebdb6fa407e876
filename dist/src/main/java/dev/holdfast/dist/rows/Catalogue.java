package dev.holdfast.dist.rows;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.Lease;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.delivery.PartLinks;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.GroupTies;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.drill.DrillResult;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.restorejob.PartJobs;
import dev.holdfast.server.restorejob.RestoreJob;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.scrub.Scrubber;
import dev.holdfast.server.snapshot.BegunPart;
import dev.holdfast.server.snapshot.DamagedParts;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.server.snapshot.ingest.RestoreInfo;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.scrub.Damage;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of a data directory, as they are: opening them changes nothing, so it may be done beside a running server of
 * another version, and a store whose rows are lost can be read all the same.
 */
public final class Catalogue implements AutoCloseable {
    private final Database database;
    private final Snapshots snapshots;
    private final PartJobs jobs;
    private final ScrubLog scrubs;
    private final RestoreInfo restoreInfo;
    private final Clock clock;
    private final ObjectIds ids;

    private Catalogue(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.ids = new ObjectIds(clock, new SecureRandom());
        Hosts hosts = new Hosts(database, clock);
        this.snapshots = new Snapshots(database, clock, ids, new Clusters(database, clock, ids), hosts);
        this.restoreInfo = new RestoreInfo(new Groups(database, clock, ids, GroupTies.NONE), hosts);
        this.jobs = new PartJobs(database);
        this.scrubs = new ScrubLog(database, new DamagedParts(), new PartLinks());
    }

    /**
     * Opens the rows as they are.
     *
     * @throws IllegalArgumentException if there are none
     * @throws dev.holdfast.database.DatabaseTrouble if they cannot be read
     */
    public static Catalogue open(DataDirectory data, ServerConfig config, Clock clock) {
        return open(data, config, clock, List.of());
    }

    /** The same, but brings the tables up to date first. */
    public static Catalogue openUpToDate(DataDirectory data, ServerConfig config, Clock clock) {
        return open(data, config, clock, ServerWiring.MIGRATIONS);
    }

    private static Catalogue open(DataDirectory data, ServerConfig config, Clock clock, List<String> migrations) {
        if (config.database() == null && !Files.exists(data.database())) {
            throw new IllegalArgumentException("there are no rows: " + data.database() + " is missing"
                    + "\nHINT: rows in PostgreSQL need the --config that serve has.");
        }
        DatabaseConfig rows = config.database() == null ? DatabaseConfig.sqlite(data.database()) : config.database();
        return new Catalogue(Database.open(rows, migrations), clock);
    }

    /** The snapshot with that id; an {@link IllegalArgumentException} if there is none, or it was deleted. */
    public Snapshot snapshot(String text) {
        return SnapshotId.parse(text)
                .flatMap(snapshots::find)
                .filter(found -> found.deleted() == null)
                .orElseThrow(() -> new IllegalArgumentException("there is no snapshot " + text
                        + "\nHINT: ids are 24 hexadecimal digits; GET .../snapshots of the cluster lists them."));
    }

    /** The committed parts of a snapshot; an {@link IllegalArgumentException} if it has none. */
    public static List<SnapshotPart> committed(Snapshot snapshot) {
        List<SnapshotPart> parts =
                snapshot.parts().stream().filter(SnapshotPart::isCommitted).toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("snapshot " + snapshot.id() + " has no committed part"
                    + "\nHINT: it is still being captured, or its capture broke off.");
        }
        return parts;
    }

    /** Every committed part of every snapshot. */
    public List<Damage.Part> committedParts() {
        return snapshots.committedParts().entrySet().stream()
                .map(part -> new Damage.Part(part.getValue(), part.getKey()))
                .toList();
    }

    /** Snapshots that have any of these parts, deleted ones left out. */
    public List<Snapshot> snapshotsOf(Collection<PartId> parts) {
        return snapshots.withParts(parts).stream()
                .filter(snapshot -> snapshot.deleted() == null)
                .toList();
    }

    /** Jobs that restore any of these parts and whose link is good. */
    public List<RestoreJob> jobsOf(Collection<PartId> parts) {
        return jobs.of(parts, clock.instant());
    }

    /** What the archive of a part has beside its files. */
    public Function<BegunPart, ArchiveFrame> frames() {
        return restoreInfo::frame;
    }

    /** The snapshots. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** What is known to be damaged. */
    public ScrubLog scrubs() {
        return scrubs;
    }

    /** The lease of whoever scrubs. */
    public Lease scrubLease() {
        return new Lease(database, ScrubLog.LEASE, "verify:" + ids.next(), Scrubber.LEASE, clock);
    }

    /** Drills whose results are kept in these rows; the caller closes them. */
    public Drills drills(Function<Snapshot, DrillResult> maker) {
        return new Drills(database, clock, ids, maker);
    }

    @Override
    public void close() {
        database.close();
    }
}
