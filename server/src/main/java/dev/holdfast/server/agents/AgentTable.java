package dev.holdfast.server.agents;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code agent}. Its hosts are ids with a space between. */
final class AgentTable {
    private AgentTable() {}

    /** Enters an agent, or that it was heard of again. */
    static void seen(Handle tx, Agent agent) {
        tx.execute(
                "INSERT INTO agent (group_id, name, instance, version, hosts, first_seen, last_seen)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (group_id, name) DO UPDATE SET"
                        + " instance = excluded.instance, version = excluded.version, hosts = excluded.hosts,"
                        + " last_seen = excluded.last_seen",
                agent.group().hex(),
                agent.name(),
                agent.instance(),
                agent.version(),
                agent.hosts().stream().map(HostId::hex).collect(Collectors.joining(" ")),
                agent.firstSeen().toEpochMilli(),
                agent.lastSeen().toEpochMilli());
    }

    static void seenAgain(Handle tx, GroupId group, String name, Instant now) {
        tx.execute(
                "UPDATE agent SET last_seen = ? WHERE group_id = ? AND name = ?",
                now.toEpochMilli(),
                group.hex(),
                name);
    }

    /** The agents of a project by name. */
    static List<Agent> list(Handle handle, GroupId group) {
        return handle.createQuery("SELECT * FROM agent WHERE group_id = ? ORDER BY name")
                .bind(0, group.hex())
                .map((row, context) -> agent(row))
                .list();
    }

    /** Those of several projects, in no order. */
    static List<Agent> list(Handle handle, List<GroupId> groups) {
        return handle.createQuery("SELECT * FROM agent WHERE group_id IN (<groups>)")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> agent(row))
                .list();
    }

    private static Agent agent(ResultSet row) throws SQLException {
        return new Agent(
                new GroupId(row.getString("group_id")),
                row.getString("name"),
                row.getString("instance"),
                row.getString("version"),
                Arrays.stream(row.getString("hosts").split(" "))
                        .filter(id -> !id.isEmpty())
                        .map(HostId::new)
                        .toList(),
                Instant.ofEpochMilli(row.getLong("first_seen")),
                Instant.ofEpochMilli(row.getLong("last_seen")));
    }

    static void deleteAll(Handle tx, GroupId group) {
        tx.execute("DELETE FROM agent WHERE group_id = ?", group.hex());
    }
}
