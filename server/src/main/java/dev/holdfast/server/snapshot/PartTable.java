package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.store.PartSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code snapshot_part}. */
final class PartTable {
    private static final String COLUMNS = "p.id, p.snapshot_id, p.position, p.type, p.cluster_id, p.host_id,"
            + " p.replica_set_name, p.mongod_version, p.timestamp_seconds, p.timestamp_increment, p.storage_engine,"
            + " p.mongod_options, p.encryption_enabled, p.master_key_uuid, p.committed, p.files, p.plain_bytes,"
            + " p.stored_bytes, p.new_bytes, p.archive_bytes, p.still_since";

    // a shard that was found later may have the config part's position, which stays last all the same
    private static final Comparator<SnapshotPart> ORDER = Comparator.comparing(
                    (SnapshotPart part) -> part.type() != SnapshotPart.Type.REPLICA_SET)
            .thenComparingInt(SnapshotPart::position)
            .thenComparing(part -> part.id().hex());

    private PartTable() {}

    static void insert(Handle tx, BegunPart begun, String slot) {
        SnapshotPart part = begun.part();
        tx.execute(
                "INSERT INTO snapshot_part (id, snapshot_id, slot, position, type, cluster_id, host_id,"
                        + " replica_set_name, mongod_version, timestamp_seconds, timestamp_increment, storage_engine,"
                        + " mongod_options, encryption_enabled, master_key_uuid, files, plain_bytes, stored_bytes,"
                        + " new_bytes, archive_bytes, still_since)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?)",
                part.id().hex(),
                begun.snapshot().hex(),
                slot,
                part.position(),
                part.type().name(),
                part.clusterId() == null ? null : part.clusterId().hex(),
                part.hostId() == null ? null : part.hostId().hex(),
                part.replicaSetName(),
                part.mongodVersion(),
                part.timestampSeconds(),
                part.timestampIncrement(),
                begun.storageEngine(),
                begun.mongodOptions(),
                part.encryptionEnabled() ? 1 : 0,
                part.masterKeyUUID(),
                part.stillSince() == null ? null : part.stillSince().toEpochMilli());
    }

    /** The part, if it belongs to that project and its snapshot is not deleted. */
    static Optional<BegunPart> find(Handle handle, GroupId group, PartId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM snapshot_part p JOIN snapshot s ON s.id = p.snapshot_id"
                        + " WHERE p.id = ? AND s.group_id = ? AND s.deleted IS NULL")
                .bind(0, id.hex())
                .bind(1, group.hex())
                .map((row, context) -> begun(row, group))
                .findOne();
    }

    static boolean any(Handle handle, GroupId group, HostId host) {
        return handle.createQuery("SELECT COUNT(*) FROM snapshot_part p JOIN snapshot s ON s.id = p.snapshot_id"
                                + " WHERE p.host_id = ? AND s.group_id = ?")
                        .bind(0, host.hex())
                        .bind(1, group.hex())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** The part in that slot, committed or not. */
    static Optional<SnapshotPart> inSlot(Handle tx, SnapshotId snapshot, String slot) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM snapshot_part p WHERE p.snapshot_id = ? AND p.slot = ?")
                .bind(0, snapshot.hex())
                .bind(1, slot)
                .map((row, context) -> part(row))
                .findOne();
    }

    static Map<SnapshotId, List<SnapshotPart>> ofSnapshots(Handle handle, List<SnapshotId> snapshots) {
        Map<SnapshotId, List<SnapshotPart>> parts = new HashMap<>();
        if (snapshots.isEmpty()) {
            return parts;
        }
        handle.createQuery("SELECT " + COLUMNS + " FROM snapshot_part p WHERE p.snapshot_id IN (<ids>)")
                .bindList("ids", snapshots.stream().map(SnapshotId::hex).toList())
                .map((row, context) -> Map.entry(new SnapshotId(row.getString("snapshot_id")), part(row)))
                .forEach(found -> parts.computeIfAbsent(found.getKey(), key -> new ArrayList<>())
                        .add(found.getValue()));
        parts.values().forEach(list -> list.sort(ORDER));
        return parts;
    }

    /** Marks a part as committed, once: figures that are there stay. */
    /** False if it was committed before; then it stays as it is. */
    static boolean setCommitted(Handle tx, PartId id, PartSummary summary, Instant when) {
        return tx.execute(
                        "UPDATE snapshot_part SET committed = ?, files = ?, plain_bytes = ?, stored_bytes = ?, new_bytes = ?,"
                                + " archive_bytes = ? WHERE id = ? AND committed IS NULL",
                        when.toEpochMilli(),
                        summary.files(),
                        summary.plainBytes(),
                        summary.storedBytes(),
                        summary.newBytes(),
                        summary.archiveBytes(),
                        id.hex())
                == 1;
    }

    /** Deletes a part that is not committed; false if it is, or is gone. */
    static boolean deleteUncommitted(Handle tx, PartId id) {
        return tx.execute("DELETE FROM snapshot_part WHERE id = ? AND committed IS NULL", id.hex()) == 1;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static BegunPart begun(ResultSet row, GroupId group) throws SQLException {
        PartSummary summary = new PartSummary(
                row.getLong("files"),
                row.getLong("plain_bytes"),
                row.getLong("stored_bytes"),
                row.getLong("new_bytes"),
                row.getLong("archive_bytes"));
        return new BegunPart(
                group,
                new SnapshotId(row.getString("snapshot_id")),
                part(row),
                row.getString("storage_engine"),
                row.getString("mongod_options"),
                summary,
                null);
    }

    private static SnapshotPart part(ResultSet row) throws SQLException {
        String cluster = row.getString("cluster_id");
        String host = row.getString("host_id");
        return new SnapshotPart(
                new PartId(row.getString("id")),
                row.getInt("position"),
                SnapshotPart.Type.valueOf(row.getString("type")),
                cluster == null ? null : new ClusterId(cluster),
                host == null ? null : new HostId(host),
                row.getString("replica_set_name"),
                row.getString("mongod_version"),
                row.getLong("timestamp_seconds"),
                row.getLong("timestamp_increment"),
                row.getInt("encryption_enabled") == 1,
                row.getString("master_key_uuid"),
                instant(row, "committed"),
                row.getLong("plain_bytes"),
                row.getLong("stored_bytes"),
                row.getLong("archive_bytes"),
                instant(row, "still_since"));
    }
}
