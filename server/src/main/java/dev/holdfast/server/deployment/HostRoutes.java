package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.HostJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.Optional;

/** Hosts of a project: all, those of a cluster, one by id, one by address, and a new one. */
public final class HostRoutes implements Routes {
    private static final String HOSTS = "/api/public/v1.0/groups/{groupId}/hosts";

    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;

    /** Does no I/O. */
    public HostRoutes(Groups groups, Clusters clusters, Hosts hosts) {
        this.groups = groups;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", HOSTS, Need.READ, this::list);
        table.add("GET", HOSTS + "/byName/{hostPort}", Need.READ, this::byName);
        table.add("GET", HOSTS + "/{hostId}", Need.READ, this::one);
        table.add("POST", HOSTS, Need.MONITOR, this::create);
    }

    private Answer list(Call call) {
        GroupId group = groups.require(call.group()).id();
        ClusterId cluster = ClusterRoutes.filter(call, "clusterId");
        List<Host> found = cluster == null ? hosts.list(group) : hosts.list(group, cluster);
        List<HostJson> documents =
                found.stream().map(host -> HostDocument.inList(call, host)).toList();
        return Answer.ok(Paging.of(call).slice(call, documents));
    }

    private Answer one(Call call) {
        GroupId group = groups.require(call.group()).id();
        return Answer.ok(HostDocument.alone(call, hosts.require(group, call.pathParameter("hostId")), clusters));
    }

    private Answer byName(Call call) {
        GroupId group = groups.require(call.group()).id();
        String address = call.pathParameter("hostPort");
        return Answer.ok(findByAddress(group, address)
                .map(host -> HostDocument.alone(call, host, clusters))
                .orElseThrow(() -> new Refusal(ErrorCode.HOSTNAME_AND_PORT_NOT_FOUND, address, group.hex())));
    }

    private Answer create(Call call) {
        GroupId group = groups.require(call.group()).id();
        NewHost wanted = HostRequest.read(JsonFields.of(call), group);
        Optional<Host> known = hosts.find(group, HostId.of(group, wanted.hostname(), wanted.port()));
        if (known.isPresent()) {
            // a client that lost our first answer asks again: its wish is met, but nothing was created
            return Answer.ok(HostDocument.alone(call, known.get(), clusters));
        }
        Host host = hosts.create(group, wanted);
        return Answer.created(HostDocument.alone(call, host, clusters), Addresses.of(call, group, host.id()));
    }

    private Optional<Host> findByAddress(GroupId group, String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        return hosts.find(group, HostId.of(group, address.substring(0, colon), port));
    }
}
