package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code host}. */
final class HostTable {
    private static final String COLUMNS = "id, group_id, cluster_id, hostname, port, type, version, replica_set_name,"
            + " shard_name, config_order, created, last_ping";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM host";

    private HostTable() {}

    /** False if the address, or the place in {@code --configdb}, is taken. */
    static boolean insert(Handle tx, Host host) {
        return tx.execute(
                        "INSERT INTO host (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        host.id().hex(),
                        host.groupId().hex(),
                        host.clusterId() == null ? null : host.clusterId().hex(),
                        host.hostname(),
                        host.port(),
                        host.type().name(),
                        host.version(),
                        host.replicaSetName(),
                        host.shardName(),
                        host.configOrder(),
                        host.created().toEpochMilli(),
                        Columns.millis(host.lastPing()))
                == 1;
    }

    /** False if there is no such host. */
    static boolean delete(Handle tx, GroupId group, HostId id) {
        return tx.execute("DELETE FROM host WHERE id = ? AND group_id = ?", id.hex(), group.hex()) == 1;
    }

    static Optional<Host> find(Handle handle, GroupId group, HostId id) {
        return handle.createQuery(SELECT + " WHERE id = ? AND group_id = ?")
                .bind(0, id.hex())
                .bind(1, group.hex())
                .map((row, context) -> host(row))
                .findOne();
    }

    static List<Host> ofGroup(Handle handle, GroupId group) {
        return handle.createQuery(SELECT + " WHERE group_id = ?")
                .bind(0, group.hex())
                .map((row, context) -> host(row))
                .list();
    }

    static List<Host> ofGroups(Handle handle, List<GroupId> groups) {
        return handle.createQuery(SELECT + " WHERE group_id IN (<groups>)")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> host(row))
                .list();
    }

    static List<Host> ofCluster(Handle handle, GroupId group, ClusterId cluster) {
        return handle.createQuery(SELECT + " WHERE group_id = ? AND (cluster_id = ?"
                        + " OR cluster_id IN (SELECT id FROM cluster WHERE parent_id = ?))")
                .bind(0, group.hex())
                .bind(1, cluster.hex())
                .bind(2, cluster.hex())
                .map((row, context) -> host(row))
                .list();
    }

    static List<Host> mirroredConfigServers(Handle handle, ClusterId sharded) {
        return handle.createQuery(SELECT + " WHERE cluster_id = ? AND type = ? AND replica_set_name IS NULL"
                        + " ORDER BY config_order, id")
                .bind(0, sharded.hex())
                .bind(1, HostType.SHARD_CONFIG.name())
                .map((row, context) -> host(row))
                .list();
    }

    private static Host host(ResultSet row) throws SQLException {
        String cluster = row.getString("cluster_id");
        int order = row.getInt("config_order");
        Integer configOrder = row.wasNull() ? null : order;
        return new Host(
                new HostId(row.getString("id")),
                new GroupId(row.getString("group_id")),
                cluster == null ? null : new ClusterId(cluster),
                row.getString("hostname"),
                row.getInt("port"),
                HostType.valueOf(row.getString("type")),
                row.getString("version"),
                row.getString("replica_set_name"),
                row.getString("shard_name"),
                configOrder,
                Columns.instant(row, "created"),
                Columns.instant(row, "last_ping"));
    }
}
