package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.GroupJson.HostCounts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What a project has, counted in the database and not by loading it.
 *
 * @param lastPing newest ping of any of its hosts, null when there was none
 */
record Census(Map<HostType, Integer> hosts, int replicaSets, int shards, Instant lastPing) {

    static Census of(Handle handle, GroupId group) {
        Map<HostType, Integer> hosts = new EnumMap<>(HostType.class);
        handle.createQuery("SELECT type, count(*) AS n FROM host WHERE group_id = ? GROUP BY type")
                .bind(0, group.hex())
                .map((row, context) -> hosts.put(HostType.valueOf(row.getString("type")), row.getInt("n")))
                .list();
        Instant lastPing = handle.createQuery("SELECT max(last_ping) AS last_ping FROM host WHERE group_id = ?")
                .bind(0, group.hex())
                .map((row, context) -> new Instant[] {Columns.instant(row, "last_ping")})
                .one()[0];
        return handle.createQuery("SELECT count(replica_set_name) AS sets, count(shard_name) AS shards"
                        + " FROM cluster WHERE group_id = ?")
                .bind(0, group.hex())
                .map((row, context) -> new Census(hosts, row.getInt("sets"), row.getInt("shards"), lastPing))
                .one();
    }

    HostCounts hostCounts() {
        return new HostCounts(
                count(HostType.REPLICA_ARBITER),
                count(HostType.SHARD_CONFIG),
                0,
                count(HostType.SHARD_MONGOS),
                count(HostType.REPLICA_PRIMARY) + count(HostType.SHARD_PRIMARY),
                count(HostType.REPLICA_SECONDARY) + count(HostType.SHARD_SECONDARY),
                0);
    }

    private int count(HostType type) {
        return hosts.getOrDefault(type, 0);
    }
}
