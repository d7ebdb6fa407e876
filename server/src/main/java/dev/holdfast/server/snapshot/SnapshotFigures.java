package dev.holdfast.server.snapshot;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What there is of snapshots, in figures.
 *
 * @param clusters those with a complete snapshot, each with the time of its latest
 * @param parts committed parts that are not deleted
 * @param plainBytes bytes of their files
 * @param newBytes bytes of them that no earlier part of the project had
 */
public record SnapshotFigures(List<LastGood> clusters, long parts, long plainBytes, long newBytes) {
    /** The latest complete snapshot of a replica set or a whole sharded cluster. */
    public record LastGood(String groupId, String clusterId, Instant created) {}

    static SnapshotFigures read(Handle handle, Instant now) {
        List<LastGood> clusters = handle.createQuery("SELECT group_id, cluster_id, MAX(created) FROM snapshot"
                        + " WHERE cluster_complete = 1 AND deleted IS NULL AND (expires IS NULL OR expires > ?)"
                        + " GROUP BY group_id, cluster_id ORDER BY group_id, cluster_id")
                .bind(0, now.toEpochMilli())
                .map((row, context) ->
                        new LastGood(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .list();
        return handle.createQuery("SELECT COUNT(*), COALESCE(SUM(p.plain_bytes), 0), COALESCE(SUM(p.new_bytes), 0)"
                        + " FROM snapshot_part p JOIN snapshot s ON s.id = p.snapshot_id"
                        + " WHERE p.committed IS NOT NULL AND s.deleted IS NULL")
                .map((row, context) -> new SnapshotFigures(clusters, row.getLong(1), row.getLong(2), row.getLong(3)))
                .one();
    }
}
