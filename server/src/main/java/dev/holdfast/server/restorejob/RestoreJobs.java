package dev.holdfast.server.restorejob;

import dev.holdfast.contract.agentapi.RestoreWork;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The restore jobs of all projects. */
public final class RestoreJobs {
    /** Class path folder of the room's migrations. */
    public static final String MIGRATIONS = "dev/holdfast/server/restorejob/migrations";

    private final Database database;
    private final SnapshotFinder snapshots;
    private final ArchiveLinks links;
    private final AutomatedRestores restores;
    private final JobMaker maker;
    private final JobWatch watch;

    /** Of snapshots of which nobody knows any damage, with no witness. Does no I/O. */
    public RestoreJobs(
            Database database,
            SnapshotFinder snapshots,
            ArchiveLinks links,
            AutomatedRestores restores,
            ObjectIds ids) {
        this(database, snapshots, links, restores, ids, (tx, part) -> Optional.empty(), JobWatch.NONE);
    }

    /** Does no I/O; {@code watch} is told of kills. */
    public RestoreJobs(
            Database database,
            SnapshotFinder snapshots,
            ArchiveLinks links,
            AutomatedRestores restores,
            ObjectIds ids,
            DamageFinder damage,
            JobWatch watch) {
        this.database = database;
        this.snapshots = snapshots;
        this.links = links;
        this.restores = restores;
        this.watch = watch;
        this.maker = new JobMaker(links, restores, ids, damage);
    }

    /** Restores a snapshot as it is, to be downloaded; as the other one. */
    public List<RestoreJob> create(Cluster cluster, SnapshotId snapshot, DeliveryTerms terms, Instant now) {
        return create(cluster, JobRequest.download(RestorePoint.of(snapshot), terms), now);
    }

    /**
     * Restores what a snapshot has of a cluster: every part of a sharded cluster as one batch, or the one part of a
     * replica set or shard.
     *
     * @return the jobs, newest first as lists are: the config servers', then the shards' from last to first
     * @throws Refusal SNAPSHOT_NOT_FOUND, CHECKPOINT_NOT_FOUND, NO_CHECKPOINT_FOR_PIT_RESTORE;
     *     CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT or …_DELETED_CLUSTER_SNAPSHOT;
     *     CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT; LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION; those of
     *     {@link AutomatedRestores#plan}
     * @throws Unavailable if the store cannot say whether it has the bytes
     */
    List<RestoreJob> create(Cluster cluster, JobRequest request, Instant now) {
        return create(handle -> look(handle, cluster, request, now), request, now);
    }

    private Restorable look(Handle handle, Cluster cluster, JobRequest request, Instant now) {
        boolean whole = cluster.type().isSharded();
        Snapshot snapshot = snapshot(handle, cluster, request.point(), now);
        if (snapshot.isGone(now)) {
            throw JobMaker.deleted(whole);
        }
        if (whole && !snapshot.clusterComplete()) {
            throw JobMaker.incomplete();
        }
        // a shard alone needs only its own part, as the host view does
        Stream<SnapshotPart> parts = whole ? snapshot.parts().stream() : snapshot.partOf(cluster.id()).stream();
        return maker.look(handle, snapshot, parts, whole, snapshot.clusterId(), request, now);
    }

    /** Restores a snapshot as it is; as the other one. */
    public RestoreJob create(Host host, SnapshotId snapshot, DeliveryTerms terms, Instant now) {
        return create(host, JobRequest.download(RestorePoint.of(snapshot), terms), now);
    }

    /**
     * Restores a mirrored config server (SCCC) alone.
     *
     * @throws Refusal CONFIG_SNAPSHOT_NOT_FOUND, also for a snapshot that was read from another mirror; the rest as for
     *     a replica set
     */
    RestoreJob create(Host host, JobRequest request, Instant now) {
        return create(handle -> look(handle, host, request, now), request, now).get(0);
    }

    private Restorable look(Handle handle, Host host, JobRequest request, Instant now) {
        Snapshot snapshot = snapshot(handle, host, request.point(), now);
        if (snapshot.isGone(now)) {
            throw JobMaker.deleted(false);
        }
        return maker.look(handle, snapshot, snapshot.partOf(host.id()).stream(), false, null, request, now);
    }

    /** {@code look} is taken twice: to ask the store before the transaction, and to have what is restored stay so in it. */
    private List<RestoreJob> create(Function<Handle, Restorable> look, JobRequest request, Instant now) {
        Set<PartId> stored = maker.requireStored(database.read(look));
        return database.write(tx -> maker.make(tx, look.apply(tx), stored, request, now));
    }

    private Snapshot snapshot(Handle tx, Cluster cluster, RestorePoint point, Instant now) {
        if (point.isInTime()) {
            Stream<SnapshotId> found = point.checkpoint() == null
                    ? snapshots.at(tx, cluster, point.moment()).stream()
                    : Stream.of(ofCheckpoint(
                            tx,
                            cluster.groupId(),
                            cluster.id(),
                            point,
                            cluster.id().hex()));
            return inTime(tx, cluster.groupId(), found, point, now);
        }
        return snapshots
                .find(tx, cluster.groupId(), point.snapshot())
                .filter(found -> found.clusterId().equals(cluster.id())
                        || found.partOf(cluster.id()).isPresent())
                .orElseThrow(() -> new Refusal(
                        ErrorCode.SNAPSHOT_NOT_FOUND,
                        point.snapshot().hex(),
                        cluster.id().hex()));
    }

    private Snapshot snapshot(Handle tx, Host host, RestorePoint point, Instant now) {
        if (point.isInTime()) {
            Stream<SnapshotId> found = point.checkpoint() == null
                    ? snapshots.at(tx, host, point.moment()).stream()
                    : Stream.of(ofCheckpoint(
                            tx,
                            host.groupId(),
                            host.clusterId(),
                            point,
                            host.id().hex()));
            return inTime(tx, host.groupId(), found, point, now);
        }
        return snapshots
                .find(tx, host.groupId(), point.snapshot())
                .filter(found -> found.partOf(host.id()).isPresent())
                .orElseThrow(() -> new Refusal(
                        ErrorCode.CONFIG_SNAPSHOT_NOT_FOUND,
                        point.snapshot().hex(),
                        host.id().hex()));
    }

    private SnapshotId ofCheckpoint(Handle tx, GroupId group, ClusterId cluster, RestorePoint point, String owner) {
        return Optional.ofNullable(cluster)
                .flatMap(id -> snapshots.ofCheckpoint(tx, group, id, point.checkpoint()))
                .orElseThrow(() -> new Refusal(
                        ErrorCode.CHECKPOINT_NOT_FOUND, point.checkpoint().hex(), owner));
    }

    /** The latest of {@code found} that can be restored; locked, so that it stays. */
    private Snapshot inTime(Handle tx, GroupId group, Stream<SnapshotId> found, RestorePoint point, Instant now) {
        return found.filter(id -> point.snapshot() == null || point.snapshot().equals(id))
                .flatMap(id -> snapshots.find(tx, group, id).stream())
                .filter(snapshot -> !snapshot.isGone(now))
                .findFirst()
                .orElseThrow(() -> PointReader.nothingAt(
                        point.checkpoint() == null
                                ? "no snapshot holds exactly that time, and no oplog is stored that would lead to it"
                                : "the snapshot of the checkpoint is not there any more, or is not the one named"));
    }

    /** The job with that id, if it is one of that mirrored config server in that project. One indexed read. */
    public Optional<RestoreJob> find(GroupId group, HostId host, JobId id) {
        return RestoreJobTable.ofHost(database, group, host, id);
    }

    /** The job with that id, if that cluster in that project shows it. One indexed read. */
    public Optional<RestoreJob> find(GroupId group, ClusterId cluster, JobId id) {
        return database.read(handle -> RestoreJobTable.ofCluster(handle, group, cluster, id));
    }

    /** The job with that id, wherever in that project it is shown. */
    Optional<RestoreJob> find(GroupId group, JobId id) {
        return database.read(handle -> RestoreJobTable.ofGroup(handle, group, id, ""));
    }

    /** The same jobs as their rows are now. */
    List<RestoreJob> again(List<RestoreJob> jobs) {
        return database.read(handle ->
                RestoreJobTable.all(handle, jobs.stream().map(RestoreJob::id).toList()));
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

    /** What has become of a job; right after a download it waits a moment for the hash. */
    JobOutcome outcome(RestoreJob job, Instant now) {
        return JobOutcome.of(
                job, link(job, now), restores.works(List.of(job), now).getOrDefault(job.id(), List.of()));
    }

    /** The same for many at once, without waiting. */
    Map<JobId, JobOutcome> outcomes(List<RestoreJob> jobs, Instant now) {
        Map<JobId, LinkState> states =
                links.states(jobs.stream().map(RestoreJob::id).toList(), now);
        Map<JobId, List<JobOutcome.Work>> works = restores.works(jobs, now);
        Map<JobId, JobOutcome> outcomes = new HashMap<>();
        for (RestoreJob job : jobs) {
            LinkState link = requireLink(job, states.get(job.id()));
            outcomes.put(job.id(), JobOutcome.of(job, link, works.getOrDefault(job.id(), List.of())));
        }
        return outcomes;
    }

    /**
     * Stops a job: its link ends, downloads that run break off, its agents are told to stop. One that is BROKEN or was
     * stopped before stays as it is.
     *
     * @param reason for people
     * @throws Refusal RESTORE_JOB_NOT_FOUND_IN_GROUP
     */
    void kill(GroupId group, JobId id, String reason, Instant now) {
        RestoreJob seen = find(group, id)
                .orElseThrow(() -> new Refusal(ErrorCode.RESTORE_JOB_NOT_FOUND_IN_GROUP, id.hex(), group.hex()));
        if (!outcome(seen, now).state().mayBecome(RestoreJobState.KILLED)) {
            return;
        }
        database.change(tx -> {
            String lock = database.dialect().forUpdate();
            RestoreJob job = RestoreJobTable.ofGroup(tx, group, id, lock).orElseThrow();
            if (job.state().mayBecome(RestoreJobState.KILLED)) {
                RestoreJobTable.setKilled(tx, id, reason);
                links.kill(tx, id, now);
                restores.cancel(tx, job, reason);
                watch.killed(tx, job, reason, now);
            }
        });
    }

    /** Where the archive of an assignment is; empty unless an agent of that project has it now. */
    Optional<RestoreWork.Archive> archiveFor(GroupId group, AssignmentId assignment, Instant now) {
        return restores.jobOf(group, assignment).map(job -> {
            LinkState.Hash hash = links.hash(job);
            String path = links.states(List.of(job), now).get(job).path();
            return new RestoreWork.Archive(
                    path, hash == null ? null : hash.sha1(), hash == null ? null : hash.sha256());
        });
    }

    /** They are written together, so a job without one is a fault of ours and no answer to a caller. */
    private static LinkState requireLink(RestoreJob job, LinkState state) {
        if (state == null) {
            throw new IllegalStateException("restore job " + job.id() + " has no link");
        }
        return state;
    }
}
