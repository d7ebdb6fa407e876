package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code cluster}. */
final class ClusterTable {
    private static final String COLUMNS =
            "id, group_id, type, cluster_name, replica_set_name, shard_name, parent_id," + " created, last_heartbeat";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM cluster";

    private ClusterTable() {}

    /** False if a name is taken. */
    static boolean insert(Handle tx, Cluster cluster) {
        return tx.execute(
                        "INSERT INTO cluster (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        cluster.id().hex(),
                        cluster.groupId().hex(),
                        cluster.type().name(),
                        cluster.clusterName(),
                        cluster.replicaSetName(),
                        cluster.shardName(),
                        cluster.parent() == null ? null : cluster.parent().hex(),
                        cluster.created().toEpochMilli(),
                        Columns.millis(cluster.lastHeartbeat()))
                == 1;
    }

    static Optional<Cluster> find(Handle handle, GroupId group, ClusterId id) {
        return handle.createQuery(SELECT + " WHERE id = ? AND group_id = ?")
                .bind(0, id.hex())
                .bind(1, group.hex())
                .map((row, context) -> cluster(row))
                .findOne();
    }

    static Optional<Cluster> findByName(Handle handle, GroupId group, String name) {
        return handle.createQuery(SELECT + " WHERE group_id = ? AND cluster_name = ? AND parent_id IS NULL")
                .bind(0, group.hex())
                .bind(1, name)
                .map((row, context) -> cluster(row))
                .findOne();
    }

    static List<Cluster> ofGroups(Handle handle, List<GroupId> groups) {
        return handle.createQuery(SELECT + " WHERE group_id IN (<groups>)")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> cluster(row))
                .list();
    }

    static List<Cluster> ofGroup(Handle handle, GroupId group) {
        return handle.createQuery(SELECT + " WHERE group_id = ?")
                .bind(0, group.hex())
                .map((row, context) -> cluster(row))
                .list();
    }

    static List<Cluster> ofParent(Handle handle, ClusterId parent) {
        return handle.createQuery(SELECT + " WHERE parent_id = ?")
                .bind(0, parent.hex())
                .map((row, context) -> cluster(row))
                .list();
    }

    static void rename(Handle tx, GroupId group, ClusterId id, String name) {
        tx.execute(
                "UPDATE cluster SET cluster_name = ? WHERE group_id = ? AND (id = ? OR parent_id = ?)",
                name,
                group.hex(),
                id.hex(),
                id.hex());
    }

    private static Cluster cluster(ResultSet row) throws SQLException {
        String parent = row.getString("parent_id");
        return new Cluster(
                new ClusterId(row.getString("id")),
                new GroupId(row.getString("group_id")),
                ClusterType.valueOf(row.getString("type")),
                row.getString("cluster_name"),
                row.getString("replica_set_name"),
                row.getString("shard_name"),
                parent == null ? null : new ClusterId(parent),
                Columns.instant(row, "created"),
                Columns.instant(row, "last_heartbeat"));
    }
}
