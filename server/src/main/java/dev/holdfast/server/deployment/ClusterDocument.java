package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ClusterJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.server.http.Call;
import java.util.ArrayList;
import java.util.List;

/** A cluster as the API shows it. */
final class ClusterDocument {
    private ClusterDocument() {}

    static ClusterJson inList(Call call, Cluster cluster) {
        return of(cluster, List.of(self(call, cluster)));
    }

    static ClusterJson alone(Call call, Cluster cluster) {
        List<Link> links = new ArrayList<>(List.of(self(call, cluster)));
        if (cluster.parent() != null) {
            links.add(Link.related("parentCluster", Addresses.of(call, cluster.groupId(), cluster.parent())));
        }
        String project = Addresses.of(call, cluster.groupId());
        links.add(Link.related("group", project));
        links.add(
                cluster.type() == ClusterType.SHARDED_REPLICA_SET
                        ? Link.related("clusters", project + "/clusters?parentClusterId=" + cluster.id())
                        : Link.related("hosts", project + "/hosts?clusterId=" + cluster.id()));
        return of(cluster, links);
    }

    private static Link self(Call call, Cluster cluster) {
        return Link.self(Addresses.of(call, cluster.groupId(), cluster.id()));
    }

    private static ClusterJson of(Cluster cluster, List<Link> links) {
        return new ClusterJson(
                cluster.clusterName(),
                cluster.groupId().hex(),
                cluster.id().hex(),
                cluster.lastHeartbeat() == null ? null : ApiJson.date(cluster.lastHeartbeat()),
                links,
                cluster.replicaSetName(),
                cluster.shardName(),
                cluster.type().name());
    }
}
