package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.Map;

/**
 * Changing and deleting hosts. What may be changed of a host in Ops Manager is how it is signed in to and monitored; here
 * that can only be confirmed ({@link HostRequest}). Its address cannot be changed, for its id is made of it.
 */
public final class HostChangeRoutes implements Routes {
    private static final String ONE = "/api/public/v1.0/groups/{groupId}/hosts/{hostId}";

    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;

    /** Does no I/O. */
    public HostChangeRoutes(Groups groups, Clusters clusters, Hosts hosts) {
        this.groups = groups;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("PATCH", ONE, Need.MONITOR, this::change);
        table.add("DELETE", ONE, Need.MONITOR, this::delete);
    }

    private Answer change(Call call) {
        Host host = host(call);
        HostRequest.confirm(JsonFields.of(call), host);
        return Answer.ok(HostDocument.alone(call, host, clusters));
    }

    private Answer delete(Call call) {
        Host host = host(call);
        hosts.delete(host.groupId(), host.id());
        return Answer.ok(Map.of());
    }

    private Host host(Call call) {
        GroupId group = groups.require(call.group()).id();
        return hosts.require(group, call.pathParameter("hostId"));
    }
}
