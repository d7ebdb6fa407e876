package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Database;
import dev.holdfast.database.Lookup;
import dev.holdfast.database.Row;
import dev.holdfast.server.http.Paging;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code restore_job}. Lists are newest first. */
final class RestoreJobTable {
    private static final String COLUMNS = "id, group_id, batch_id, owner_id, cluster_id, host_id, snapshot_id, part_id,"
            + " state, created, max_downloads, expiration_hours, expires, timestamp_seconds, timestamp_increment,"
            + " encryption_enabled, master_key_uuid, checkpoint_id, point_in_time, target_group_id, target_cluster_id,"
            + " reason";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM restore_job";
    private static final String NEWEST_FIRST = " ORDER BY created DESC, id DESC LIMIT ? OFFSET ?";

    private static final String OF_HOST = " WHERE group_id = ? AND host_id = ?";
    private static final String OF_CLUSTER = " WHERE group_id = ? AND (owner_id = ? OR cluster_id = ?)";
    private static final String OF_BATCH = OF_CLUSTER + " AND batch_id = ?";

    private static final Lookup<RestoreJob> ONE_OF_HOST =
            new Lookup<>(SELECT + " WHERE id = ? AND group_id = ? AND host_id = ?", RestoreJobTable::job);

    private RestoreJobTable() {}

    static void insert(Handle tx, RestoreJob job) {
        tx.execute(
                "INSERT INTO restore_job (" + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?," + " ?, ?)",
                job.id().hex(),
                job.groupId().hex(),
                job.batchId() == null ? null : job.batchId().hex(),
                job.ownerId() == null ? null : job.ownerId().hex(),
                job.clusterId() == null ? null : job.clusterId().hex(),
                job.hostId() == null ? null : job.hostId().hex(),
                job.snapshotId().hex(),
                job.partId().hex(),
                job.state().name(),
                job.created().toEpochMilli(),
                job.terms().maxDownloads(),
                job.terms().expirationHours(),
                job.terms().expires().toEpochMilli(),
                job.timestampSeconds(),
                job.timestampIncrement(),
                job.encryptionEnabled() ? 1 : 0,
                job.masterKeyUUID(),
                job.checkpointId() == null ? null : job.checkpointId().hex(),
                job.pointInTime() ? 1 : 0,
                job.target() == null ? null : job.target().groupId().hex(),
                job.target() == null ? null : job.target().clusterId().hex(),
                job.reason());
    }

    /** The path's three ids are checked in the one row that is read anyway: this is the hot path. */
    static Optional<RestoreJob> ofHost(Database database, GroupId group, HostId host, JobId id) {
        return database.find(ONE_OF_HOST, id.hex(), group.hex(), host.hex());
    }

    static Optional<RestoreJob> ofCluster(Handle handle, GroupId group, ClusterId cluster, JobId id) {
        return handle.createQuery(SELECT + " WHERE id = ? AND group_id = ? AND (owner_id = ? OR cluster_id = ?)")
                .bind(0, id.hex())
                .bind(1, group.hex())
                .bind(2, cluster.hex())
                .bind(3, cluster.hex())
                .map((row, context) -> job(Row.of(row)))
                .findOne();
    }

    static List<RestoreJob> ofParts(Handle handle, Collection<PartId> parts, Instant now) {
        if (parts.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(SELECT + " WHERE part_id IN (<parts>) AND expires > :now ORDER BY created, id")
                .bindList("parts", parts.stream().map(PartId::hex).toList())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> job(Row.of(row)))
                .list();
    }

    /** A job by its project alone. {@code suffix} ends the statement, for a lock. */
    static Optional<RestoreJob> ofGroup(Handle handle, GroupId group, JobId id, String suffix) {
        return handle.createQuery(SELECT + " WHERE id = ? AND group_id = ?" + suffix)
                .bind(0, id.hex())
                .bind(1, group.hex())
                .map((row, context) -> job(Row.of(row)))
                .findOne();
    }

    /** Those of the ids that there are, in the order of the ids. */
    static List<RestoreJob> all(Handle handle, List<JobId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<JobId, RestoreJob> found = handle.createQuery(SELECT + " WHERE id IN (<ids>)")
                .bindList("ids", ids.stream().map(JobId::hex).toList())
                .map((row, context) -> job(Row.of(row)))
                .collect(Collectors.toMap(RestoreJob::id, Function.identity()));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** The jobs that agents of a project do, newest first, at most so many. */
    static List<RestoreJob> into(Handle handle, GroupId target, int most) {
        return handle.createQuery(SELECT + " WHERE target_group_id = ? ORDER BY created DESC, id DESC LIMIT ?")
                .bind(0, target.hex())
                .bind(1, most)
                .map((row, context) -> job(Row.of(row)))
                .list();
    }

    static long countInto(Handle handle, GroupId target) {
        return handle.createQuery("SELECT COUNT(*) FROM restore_job WHERE target_group_id = ?")
                .bind(0, target.hex())
                .mapTo(Long.class)
                .one();
    }

    /** Says that an administrator stopped a job. */
    static void setKilled(Handle tx, JobId id, String reason) {
        tx.execute(
                "UPDATE restore_job SET state = ?, reason = ? WHERE id = ?",
                RestoreJobState.KILLED.name(),
                reason,
                id.hex());
    }

    static JobPage ofHost(Handle handle, GroupId group, HostId host, Paging paging) {
        return page(handle, paging, OF_HOST, group.hex(), host.hex());
    }

    static JobPage ofCluster(Handle handle, GroupId group, ClusterId cluster, Paging paging) {
        return page(handle, paging, OF_CLUSTER, group.hex(), cluster.hex(), cluster.hex());
    }

    static JobPage ofBatch(Handle handle, GroupId group, ClusterId cluster, BatchId batch, Paging paging) {
        return page(handle, paging, OF_BATCH, group.hex(), cluster.hex(), cluster.hex(), batch.hex());
    }

    private static JobPage page(Handle handle, Paging paging, String where, String... ids) {
        var query = handle.createQuery(SELECT + where + NEWEST_FIRST);
        var count = handle.createQuery("SELECT count(*) AS n FROM restore_job" + where);
        for (int i = 0; i < ids.length; i++) {
            query.bind(i, ids[i]);
            count.bind(i, ids[i]);
        }
        List<RestoreJob> jobs = query.bind(ids.length, paging.itemsPerPage())
                .bind(ids.length + 1, paging.offset())
                .map((row, context) -> job(Row.of(row)))
                .list();
        long total = count.map((row, context) -> row.getLong("n")).one();
        return new JobPage(jobs, total);
    }

    private static RestoreJob job(Row row) throws SQLException {
        String batch = row.text("batch_id");
        String owner = row.text("owner_id");
        String cluster = row.text("cluster_id");
        String host = row.text("host_id");
        String checkpoint = row.text("checkpoint_id");
        String target = row.text("target_group_id");
        return new RestoreJob(
                new JobId(row.text("id")),
                new GroupId(row.text("group_id")),
                batch == null ? null : new BatchId(batch),
                owner == null ? null : new ClusterId(owner),
                cluster == null ? null : new ClusterId(cluster),
                host == null ? null : new HostId(host),
                new SnapshotId(row.text("snapshot_id")),
                new PartId(row.text("part_id")),
                RestoreJobState.valueOf(row.text("state")),
                Instant.ofEpochMilli(row.number("created")),
                new DeliveryTerms(
                        (int) row.number("max_downloads"),
                        row.number("expiration_hours"),
                        Instant.ofEpochMilli(row.number("expires"))),
                row.number("timestamp_seconds"),
                row.number("timestamp_increment"),
                row.number("encryption_enabled") == 1,
                row.text("master_key_uuid"),
                checkpoint == null ? null : new CheckpointId(checkpoint),
                row.number("point_in_time") == 1,
                target == null
                        ? null
                        : new RestoreTarget(new GroupId(target), new ClusterId(row.text("target_cluster_id"))),
                row.text("reason"));
    }
}
