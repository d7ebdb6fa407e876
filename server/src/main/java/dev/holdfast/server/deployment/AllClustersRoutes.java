package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.ProjectClustersJson;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The clusters of every project that the caller sees, by project; members of others are not listed apart. */
public final class AllClustersRoutes implements Routes {
    private final Groups groups;
    private final Orgs orgs;
    private final Clusters clusters;
    private final Hosts hosts;

    /** Does no I/O. */
    public AllClustersRoutes(Groups groups, Orgs orgs, Clusters clusters, Hosts hosts) {
        this.groups = groups;
        this.orgs = orgs;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/public/v1.0/clusters", Need.KEY, this::list);
    }

    private Answer list(Call call) {
        List<Group> visible = groups.list().stream()
                .filter(group -> call.caller().sees(group.id()))
                .toList();
        ListJson<Group> page = Paging.of(call).slice(call, visible);
        List<ProjectClustersJson> results =
                page.results().stream().map(this::document).toList();
        return Answer.ok(new ListJson<>(page.links(), results, page.totalCount()));
    }

    private ProjectClustersJson document(Group group) {
        List<Cluster> all = clusters.list(group.id());
        List<Host> nodes = hosts.list(group.id());
        List<ProjectClustersJson.Item> items = all.stream()
                .filter(cluster -> cluster.parent() == null)
                .map(cluster -> item(cluster, all, nodes))
                .toList();
        return new ProjectClustersJson(
                items,
                group.id().hex(),
                group.name(),
                group.orgId().hex(),
                orgs.require(group.orgId()).name(),
                List.of());
    }

    private static ProjectClustersJson.Item item(Cluster cluster, List<Cluster> all, List<Host> nodes) {
        Set<Object> family = new HashSet<>(Set.of(cluster.id()));
        all.stream().filter(member -> cluster.id().equals(member.parent())).forEach(member -> family.add(member.id()));
        List<Host> own =
                nodes.stream().filter(host -> family.contains(host.clusterId())).toList();
        return new ProjectClustersJson.Item(
                cluster.id().hex(),
                cluster.clusterName(),
                own.size(),
                cluster.type().isSharded() ? "sharded cluster" : "replica set",
                own.stream()
                        .map(Host::version)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList());
    }
}
