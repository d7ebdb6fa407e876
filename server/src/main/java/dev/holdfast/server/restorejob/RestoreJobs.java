package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.LinkRequest;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The restore jobs of all projects. */
public final class RestoreJobs {
    /** Class path folder of the room's migrations. */
    public static final String MIGRATIONS = "dev/holdfast/server/restorejob/migrations";

    private final Database database;
    private final SnapshotFinder snapshots;
    private final ArchiveLinks links;
    private final ObjectIds ids;
    private final DamageFinder damage;

    /** Of snapshots of which nobody knows any damage. Does no I/O. */
    public RestoreJobs(Database database, SnapshotFinder snapshots, ArchiveLinks links, ObjectIds ids) {
        this(database, snapshots, links, ids, (tx, part) -> Optional.empty());
    }

    /** Does no I/O. */
    public RestoreJobs(
            Database database, SnapshotFinder snapshots, ArchiveLinks links, ObjectIds ids, DamageFinder damage) {
        this.damage = damage;
        this.database = database;
        this.snapshots = snapshots;
        this.links = links;
        this.ids = ids;
    }

    /**
     * Restores what a snapshot has of a cluster: every part of a sharded cluster as one batch, or the one part of a
     * replica set or shard.
     *
     * @return the jobs, newest first as lists are: the config servers', then the shards' from last to first
     * @throws Refusal SNAPSHOT_NOT_FOUND; CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT or …_DELETED_CLUSTER_SNAPSHOT;
     *     CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT; LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION
     */
    public List<RestoreJob> create(Cluster cluster, SnapshotId snapshotId, DeliveryTerms terms, Instant now) {
        boolean whole = cluster.type().isSharded();
        return database.write(tx -> {
            Snapshot snapshot = snapshots
                    .find(tx, cluster.groupId(), snapshotId)
                    .filter(found -> found.clusterId().equals(cluster.id())
                            || found.partOf(cluster.id()).isPresent())
                    .orElseThrow(() -> new Refusal(
                            ErrorCode.SNAPSHOT_NOT_FOUND,
                            snapshotId.hex(),
                            cluster.id().hex()));
            if (snapshot.isGone(now)) {
                throw deleted(whole);
            }
            if (whole && !snapshot.clusterComplete()) {
                throw incomplete();
            }
            // a shard alone needs only its own part, as the host view does
            Stream<SnapshotPart> parts = whole ? snapshot.parts().stream() : snapshot.partOf(cluster.id()).stream();
            BatchId batch = whole ? new BatchId(ids.next()) : null;
            return write(tx, snapshot, parts, batch, snapshot.clusterId(), terms, now);
        });
    }

    /**
     * Restores a mirrored config server (SCCC) alone.
     *
     * @throws Refusal CONFIG_SNAPSHOT_NOT_FOUND, also for a snapshot that was read from another mirror; the rest as for
     *     a replica set
     */
    public RestoreJob create(Host host, SnapshotId snapshotId, DeliveryTerms terms, Instant now) {
        return database.write(tx -> {
            Snapshot snapshot = snapshots
                    .find(tx, host.groupId(), snapshotId)
                    .filter(found -> found.partOf(host.id()).isPresent())
                    .orElseThrow(() -> new Refusal(
                            ErrorCode.CONFIG_SNAPSHOT_NOT_FOUND,
                            snapshotId.hex(),
                            host.id().hex()));
            if (snapshot.isGone(now)) {
                throw deleted(false);
            }
            return write(tx, snapshot, snapshot.partOf(host.id()).stream(), null, null, terms, now)
                    .get(0);
        });
    }

    /** The job with that id, if it is one of that mirrored config server in that project. One indexed read. */
    public Optional<RestoreJob> find(GroupId group, HostId host, JobId id) {
        return RestoreJobTable.ofHost(database, group, host, id);
    }

    /** The job with that id, if that cluster in that project shows it. One indexed read. */
    public Optional<RestoreJob> find(GroupId group, ClusterId cluster, JobId id) {
        return database.read(handle -> RestoreJobTable.ofCluster(handle, group, cluster, id));
    }

    JobPage list(GroupId group, HostId host, Paging paging) {
        return database.read(handle -> RestoreJobTable.ofHost(handle, group, host, paging));
    }

    /** {@code batch} null for all. */
    JobPage list(GroupId group, ClusterId cluster, BatchId batch, Paging paging) {
        return database.read(handle -> batch == null
                ? RestoreJobTable.ofCluster(handle, group, cluster, paging)
                : RestoreJobTable.ofBatch(handle, group, cluster, batch, paging));
    }

    /** What has become of a job's link. */
    public LinkState link(RestoreJob job, Instant now) {
        return requireLink(job, links.state(job.id(), now));
    }

    /** The same for many at once. */
    Map<JobId, LinkState> links(List<RestoreJob> jobs, Instant now) {
        Map<JobId, LinkState> states =
                links.states(jobs.stream().map(RestoreJob::id).toList(), now);
        for (RestoreJob job : jobs) {
            requireLink(job, states.get(job.id()));
        }
        return states;
    }

    private List<RestoreJob> write(
            Handle tx,
            Snapshot snapshot,
            Stream<SnapshotPart> parts,
            BatchId batch,
            ClusterId owner,
            DeliveryTerms terms,
            Instant now) {
        // a complete snapshot may have a part under way that was begun later, for a new shard
        List<SnapshotPart> committed = parts.filter(SnapshotPart::isCommitted).toList();
        if (committed.isEmpty()) {
            throw incomplete();
        }
        refuseBeyond(snapshot, terms);
        refuseDamaged(tx, snapshot, committed);
        // a job that is FINISHED must be one that can be downloaded
        if (!committed.stream().allMatch(part -> links.has(snapshot.groupId(), part.id()))) {
            throw deleted(batch != null);
        }
        List<RestoreJob> jobs = new ArrayList<>();
        for (SnapshotPart part : committed) {
            RestoreJob job = new RestoreJob(
                    new JobId(ids.next()),
                    snapshot.groupId(),
                    batch,
                    owner,
                    part.clusterId(),
                    part.hostId(),
                    snapshot.id(),
                    part.id(),
                    RestoreJobState.FINISHED,
                    now.truncatedTo(ChronoUnit.MILLIS),
                    terms,
                    part.timestampSeconds(),
                    part.timestampIncrement(),
                    part.encryptionEnabled(),
                    part.masterKeyUUID());
            RestoreJobTable.insert(tx, job);
            links.create(tx, linkOf(job, part));
            jobs.add(job);
        }
        // parts in their order have growing ids; lists are newest first
        Collections.reverse(jobs);
        return List.copyOf(jobs);
    }

    private static LinkRequest linkOf(RestoreJob job, SnapshotPart part) {
        return new LinkRequest(
                job.id(),
                job.groupId(),
                part.id(),
                part.archiveName(job.id()) + LinkRequest.SUFFIX,
                job.terms().maxDownloads(),
                job.terms().expires(),
                job.created());
    }

    /** They are written together, so a job without one is a fault of ours and no answer to a caller. */
    private static LinkState requireLink(RestoreJob job, LinkState state) {
        if (state == null) {
            throw new IllegalStateException("restore job " + job.id() + " has no link");
        }
        return state;
    }

    private static Refusal deleted(boolean whole) {
        return new Refusal(
                whole
                        ? ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT
                        : ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT);
    }

    private static Refusal incomplete() {
        return new Refusal(ErrorCode.CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT);
    }

    private void refuseDamaged(Handle tx, Snapshot snapshot, List<SnapshotPart> parts) {
        for (SnapshotPart part : parts) {
            damage.reason(tx, part.id()).ifPresent(reason -> {
                throw new Refusal(
                                ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DAMAGED_SNAPSHOT,
                                snapshot.id().hex())
                        .saying("Snapshot " + snapshot.id() + " cannot be restored: stored bytes of its part "
                                + part.id() + " are damaged (" + reason + "). Choose another one.");
            });
        }
    }

    private static void refuseBeyond(Snapshot snapshot, DeliveryTerms terms) {
        if (snapshot.expires() != null && terms.expires().isAfter(snapshot.expires())) {
            throw new Refusal(ErrorCode.LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION)
                    .saying("The link would outlive the snapshot, which expires at " + ApiJson.date(snapshot.expires())
                            + ". Ask for a shorter time.");
        }
    }
}
