package dev.holdfast.server.snapshot;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.agentapi.AgentApi.SnapshotCommitted;
import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.snapshot.SnapshotTable.View;
import dev.holdfast.store.PartSummary;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The catalogue of snapshots. Its states, who moves them, and what a crash leaves are told in the
 * {@linkplain dev.holdfast.server.snapshot package story}.
 */
public final class Snapshots {
    /** Where this room's migrations are. */
    public static final String MIGRATIONS = "dev/holdfast/server/snapshot/migrations";

    // any job's, for all have one length
    private static final JobId ANY_JOB = new JobId("0".repeat(ObjectIds.HEX_LENGTH));
    // a file name has at most 255 bytes, .tar.gz included
    private static final int MAX_ARCHIVE_NAME = 248;

    private final Database database;
    private final Clock clock;
    private final ObjectIds ids;
    private final Clusters clusters;
    private final Hosts hosts;
    private final SnapshotWatch watch;

    /** Does no I/O; with no witness. */
    public Snapshots(Database database, Clock clock, ObjectIds ids, Clusters clusters, Hosts hosts) {
        this(database, clock, ids, clusters, hosts, SnapshotWatch.NONE);
    }

    /** Does no I/O. {@code watch} is told what becomes of snapshots. */
    public Snapshots(
            Database database, Clock clock, ObjectIds ids, Clusters clusters, Hosts hosts, SnapshotWatch watch) {
        this.watch = watch;
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    /**
     * Begins a snapshot. Its owner is the whole: a shard or a config server named here may be captured alone, and the
     * snapshot is then complete in its own view only.
     *
     * @throws Refusal MISSING_ONE_OF_ATTRIBUTES, INVALID_ATTRIBUTE, ATTRIBUTE_NEGATIVE_OR_ZERO, INVALID_CLUSTER_ID,
     *     CLUSTER_NOT_FOUND, HOST_NOT_FOUND, NOT_CONFIG_SERVER
     */
    public SnapshotId begin(GroupId group, BeginSnapshot wanted) {
        BeginRules.oneOf(wanted.clusterId(), wanted.hostId());
        Instant now = now();
        Instant expires = now.plus(BeginRules.life(wanted.expiresInHours()));
        SnapshotId id = new SnapshotId(ids.next());
        database.change(tx -> {
            clusters.hold(tx, group);
            ClusterId owner = owner(tx, group, wanted);
            SnapshotTable.insert(tx, new Snapshot(id, group, owner, now, expires, false, false, null, List.of()));
            watch.begun(tx, group, owner, id, now);
        });
        return id;
    }

    /** Begins a snapshot of {@code owner}, a replica set or a whole sharded cluster, that is kept until a moment. */
    public SnapshotId begin(Handle tx, Cluster owner, Instant expires) {
        clusters.hold(tx, owner.groupId());
        SnapshotId id = new SnapshotId(ids.next());
        Instant now = now();
        SnapshotTable.insert(
                tx, new Snapshot(id, owner.groupId(), owner.id(), now, expires, false, false, null, List.of()));
        watch.begun(tx, owner.groupId(), owner.id(), id, now);
        return id;
    }

    /** Whether a project has any snapshot, complete or not, as the transaction sees it. */
    public boolean has(Handle tx, GroupId group) {
        return SnapshotTable.any(tx, group);
    }

    /** Whether a host is known as the source of a part, of a deleted snapshot too: its jobs are found under it. */
    public boolean has(Handle tx, GroupId group, HostId host) {
        return PartTable.any(tx, group, host);
    }

    /**
     * Begins a part. An uncommitted part of the same member makes way for it: whoever began that one has crashed, or
     * asks again because the answer was lost.
     *
     * @throws Refusal SNAPSHOT_NOT_FOUND; VALIDATION_ERROR if the snapshot is complete or the member's part committed;
     *     those of {@link #begin}
     */
    public BegunPart beginPart(GroupId group, SnapshotId snapshot, BeginPart wanted) {
        BeginRules.check(wanted);
        PartId id = new PartId(ids.next());
        return database.write(tx -> {
            Snapshot found = locked(tx, group, snapshot);
            // its member must not be deleted before the part is there
            clusters.hold(tx, group);
            if (found.clusterComplete()) {
                throw new Refusal(
                        ErrorCode.VALIDATION_ERROR,
                        "snapshot " + snapshot + " is complete and takes no more parts\nHINT: begin another snapshot.");
            }
            Place place = place(tx, group, found, wanted);
            Optional<SnapshotPart> before = PartTable.inSlot(tx, snapshot, place.slot());
            if (before.isPresent()
                    && !PartTable.deleteUncommitted(tx, before.get().id())) {
                throw new Refusal(
                        ErrorCode.VALIDATION_ERROR,
                        "snapshot " + snapshot + " already has part "
                                + before.get().id() + " of that member\nHINT: begin another snapshot.");
            }
            BegunPart begun = begun(group, snapshot, id, place, wanted, before);
            PartTable.insert(tx, begun, place.slot());
            if (Boolean.TRUE.equals(wanted.timestampKnown())) {
                CheckpointTable.setKnown(tx, id);
            }
            return begun;
        });
    }

    /** The part, if it belongs to that project and its snapshot is not deleted. */
    public Optional<BegunPart> findPart(GroupId group, PartId part) {
        return database.read(handle -> PartTable.find(handle, group, part));
    }

    /**
     * Says that a part's manifest is in the store. Said again, it answers the figures that were said first.
     *
     * @return empty if the part has made way for another, or its snapshot was deleted: the caller then forgets what the
     *     store has of it
     */
    public Optional<BegunPart> partCommitted(GroupId group, PartId part, PartSummary summary) {
        Instant now = now();
        return database.write(tx -> {
            Optional<BegunPart> found = PartTable.find(tx, group, part);
            // in turn with commit and with a deletion of the snapshot
            boolean there = found.flatMap(begun -> find(tx, group, begun.snapshot()))
                    .filter(snapshot -> snapshot.deleted() == null)
                    .isPresent();
            if (!there) {
                return Optional.empty();
            }
            boolean first = PartTable.setCommitted(tx, part, summary, now);
            if (first) {
                watch.partCommitted(tx, group, found.get().snapshot(), part, now);
            }
            return PartTable.find(tx, group, part);
        });
    }

    /** Gives a part up. False if it is committed, which cannot be undone, or is not there. */
    public boolean abandonPart(GroupId group, PartId part) {
        return database.write(
                tx -> PartTable.find(tx, group, part).isPresent() && PartTable.deleteUncommitted(tx, part));
    }

    /**
     * Ends a snapshot: it is complete from now on, if every member of its cluster has a committed part. If not, parts
     * may still be added and this said again; a complete one stays complete, also when the cluster grows.
     *
     * @throws Refusal SNAPSHOT_NOT_FOUND
     */
    public SnapshotCommitted commitSnapshot(GroupId group, SnapshotId id) {
        return database.write(tx -> {
            return new SnapshotCommitted(id.hex(), commit(tx, locked(tx, group, id)));
        });
    }

    /**
     * As {@link #commitSnapshot}, for a snapshot that the transaction has found here; answers whether it is complete.
     */
    public boolean commit(Handle tx, Snapshot snapshot) {
        boolean complete = snapshot.clusterComplete() || hasAllParts(tx, snapshot);
        if (complete && !snapshot.clusterComplete()) {
            SnapshotTable.setClusterComplete(tx, snapshot.id());
            enterCheckpoint(tx, snapshot);
            watch.completed(tx, snapshot.groupId(), snapshot.clusterId(), snapshot.id(), now());
        }
        return complete;
    }

    /** A sharded cluster that was captured at one second of all its oplogs can be restored to it. */
    private void enterCheckpoint(Handle tx, Snapshot snapshot) {
        boolean sharded = clusters.find(tx, snapshot.groupId(), snapshot.clusterId())
                .filter(owner -> owner.type().isSharded())
                .isPresent();
        List<Long> seconds = snapshot.parts().stream()
                .filter(SnapshotPart::isCommitted)
                .map(SnapshotPart::timestampSeconds)
                .distinct()
                .toList();
        if (sharded && seconds.size() == 1 && CheckpointTable.allKnown(tx, snapshot.id())) {
            CheckpointId id = new CheckpointId(ids.next());
            CheckpointTable.insert(tx, new Checkpoint(id, seconds.get(0), now(), snapshot));
        }
    }

    /** The snapshot with that id, if it belongs to that project; deleted ones are found too. */
    public Optional<Snapshot> find(GroupId group, SnapshotId id) {
        return database.read(handle -> SnapshotTable.find(handle, group, id, ""));
    }

    /** The snapshot with that id, of whatever project; deleted ones are found too. */
    public Optional<Snapshot> find(SnapshotId id) {
        return database.read(handle -> SnapshotTable.find(handle, id));
    }

    /** The snapshots that have any of these parts, deleted ones too; parts that nobody knows are left out. */
    public List<Snapshot> withParts(Collection<PartId> parts) {
        return database.read(handle -> SnapshotTable.withAnyOf(handle, parts));
    }

    /** Every committed part of every snapshot that is not deleted. */
    public Map<PartId, GroupId> committedParts() {
        return database.read(SnapshotTable::committedParts);
    }

    /** As {@link #find(GroupId, SnapshotId)}, as the transaction sees it; the row cannot change until its end. */
    public Optional<Snapshot> find(Handle tx, GroupId group, SnapshotId id) {
        return SnapshotTable.find(tx, group, id, database.dialect().forUpdate());
    }

    /**
     * Snapshots of a cluster, latest first, deleted and expired ones left out: of a replica set or a whole sharded cluster those it
     * owns, of a shard or CSRS those of the whole that have its part.
     */
    public SnapshotPage listOfCluster(GroupId group, ClusterId cluster, Completed completed, Paging paging) {
        return database.read(handle -> {
            boolean member =
                    clusters.find(handle, group, cluster).map(Cluster::parent).isPresent();
            View view = member ? View.MEMBER : View.OWNER;
            return SnapshotTable.list(handle, view, group, cluster.hex(), completed, paging, now());
        });
    }

    /** Snapshots that were read from a mirrored config server, latest first, deleted and expired ones left out. */
    public SnapshotPage listOfHost(GroupId group, HostId host, Completed completed, Paging paging) {
        return database.read(
                handle -> SnapshotTable.list(handle, View.HOST, group, host.hex(), completed, paging, now()));
    }

    /** A page of a cluster's snapshots in figures, oldest first; those of a member are those of its parts. */
    KeptSnapshots.Grown growthOf(Cluster cluster, Paging paging, Instant now) {
        View view = cluster.parent() == null ? View.OWNER : View.MEMBER;
        return database.read(handle -> new KeptSnapshots()
                .grown(handle, cluster.groupId(), view, cluster.id().hex(), paging, now));
    }

    /** The same of a mirrored config server. */
    KeptSnapshots.Grown growthOf(Host host, Paging paging, Instant now) {
        return database.read(handle -> new KeptSnapshots()
                .grown(handle, host.groupId(), View.HOST, host.id().hex(), paging, now));
    }

    /** What there is of snapshots, in figures: for metrics. */
    public SnapshotFigures figures() {
        return database.read(handle -> SnapshotFigures.read(handle, now()));
    }

    private Snapshot locked(Handle tx, GroupId group, SnapshotId id) {
        return find(tx, group, id)
                .filter(snapshot -> snapshot.deleted() == null)
                .orElseThrow(() -> new Refusal(ErrorCode.SNAPSHOT_NOT_FOUND, id.hex())
                        .saying("No snapshot with ID " + id + " exists in group " + group + "."));
    }

    private ClusterId owner(Handle tx, GroupId group, BeginSnapshot wanted) {
        if (wanted.clusterId() != null) {
            return Place.owner(tx, clusters, group, cluster(tx, group, wanted.clusterId()))
                    .id();
        }
        Host host = mirror(tx, group, wanted.hostId());
        if (host.clusterId() == null) {
            throw BeginRules.invalid("hostId", "it is not known which sharded cluster the config server is of");
        }
        return host.clusterId();
    }

    private Place place(Handle tx, GroupId group, Snapshot snapshot, BeginPart wanted) {
        Cluster owner = clusters.find(tx, group, snapshot.clusterId())
                .orElseThrow(() -> new IllegalStateException("no cluster " + snapshot.clusterId()));
        return wanted.hostId() == null
                ? Place.ofCluster(tx, clusters, hosts, owner, cluster(tx, group, wanted.clusterId()))
                : Place.ofHost(tx, clusters, owner, mirror(tx, group, wanted.hostId()));
    }

    private Cluster cluster(Handle tx, GroupId group, String text) {
        ClusterId id = ClusterId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_CLUSTER_ID, text));
        return clusters.find(tx, group, id)
                .orElseThrow(() -> new Refusal(ErrorCode.CLUSTER_NOT_FOUND, id.hex(), group.hex()));
    }

    private Host mirror(Handle tx, GroupId group, String text) {
        Host host = HostId.parse(text)
                .flatMap(id -> hosts.find(tx, group, id))
                .orElseThrow(() -> new Refusal(ErrorCode.HOST_NOT_FOUND, text, group.hex()));
        if (!host.isMirroredConfigServer()) {
            throw new Refusal(ErrorCode.NOT_CONFIG_SERVER, host.id().hex());
        }
        return host;
    }

    private BegunPart begun(
            GroupId group,
            SnapshotId snapshot,
            PartId id,
            Place place,
            BeginPart wanted,
            Optional<SnapshotPart> before) {
        SnapshotPart part = new SnapshotPart(
                id,
                place.position(),
                place.type(),
                place.clusterId(),
                place.hostId(),
                place.replicaSetName(),
                place.mongodVersion(),
                wanted.timestampSeconds(),
                wanted.timestampIncrement(),
                wanted.encryptionEnabled(),
                wanted.encryptionEnabled() ? wanted.masterKeyUUID() : null,
                null,
                0,
                0,
                0,
                stillSince(wanted.unchangedSinceMillis()));
        if (part.archiveName(ANY_JOB).length() > MAX_ARCHIVE_NAME) {
            throw BeginRules.invalid("clusterId", "the replica set's name is too long for the name of an archive");
        }
        return new BegunPart(
                group,
                snapshot,
                part,
                wanted.storageEngine(),
                wanted.mongodOptions(),
                new PartSummary(0, 0, 0, 0, 0),
                before.map(SnapshotPart::id).orElse(null));
    }

    /** Now at the latest, whatever the agent's clock says: the files are frozen, or nobody writes them. */
    private Instant stillSince(Long millis) {
        Instant now = now();
        return millis == null || millis >= now.toEpochMilli() ? now : Instant.ofEpochMilli(Math.max(0, millis));
    }

    private boolean hasAllParts(Handle tx, Snapshot snapshot) {
        Cluster owner = clusters.find(tx, snapshot.groupId(), snapshot.clusterId())
                .orElseThrow(() -> new IllegalStateException("no cluster " + snapshot.clusterId()));
        Set<String> filled = snapshot.parts().stream()
                .filter(SnapshotPart::isCommitted)
                .map(Place::slotOf)
                .collect(Collectors.toSet());
        return !filled.isEmpty() && filled.containsAll(Place.required(tx, clusters, hosts, owner));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
