package dev.holdfast.server.overview;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.AgentJson;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.agents.Agent;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The agents of a project, for people. */
public final class GroupAgentRoutes implements Routes {
    private final Groups groups;
    private final Hosts hosts;
    private final Agents agents;

    /** Does no I/O. */
    public GroupAgentRoutes(Groups groups, Hosts hosts, Agents agents) {
        this.groups = groups;
        this.hosts = hosts;
        this.agents = agents;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/holdfast/v1/groups/{groupId}/agents", Need.READ, this::list);
    }

    private Answer list(Call call) {
        GroupId group = groups.require(call.group()).id();
        Map<HostId, String> names = new HashMap<>();
        hosts.list(group).forEach(host -> names.put(host.id(), host.address()));
        // sorted here, for the two databases collate differently
        List<AgentJson> all = agents.list(group).stream()
                .sorted(Comparator.comparing(Agent::name))
                .map(agent -> document(agent, names, call.now()))
                .toList();
        return Answer.ok(Paging.of(call).slice(call, all));
    }

    private AgentJson document(Agent agent, Map<HostId, String> names, Instant now) {
        return new AgentJson(
                ApiJson.date(agent.firstSeen()),
                agent.hosts().stream()
                        .map(id -> new AgentJson.HostRef(id.hex(), names.get(id)))
                        .toList(),
                ApiJson.date(agent.lastSeen()),
                agent.name(),
                agents.isSilent(agent, now),
                Math.max(0, Duration.between(agent.lastSeen(), now).toSeconds()),
                agent.version());
    }
}
