package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.HostJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.server.http.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A host as a document. We do not monitor, so most of what Ops Manager measures is false or 0 here. */
final class HostDocument {
    /** The documented value for "no authentication is set up". */
    static final String NO_AUTHENTICATION = "NONE";

    private HostDocument() {}

    static HostJson inList(Call call, Host host) {
        return of(host, List.of(self(call, host)));
    }

    /** {@code clusters} know what its cluster is a member of. */
    static HostJson alone(Call call, Host host, Clusters clusters) {
        GroupId group = host.groupId();
        List<Link> links = new ArrayList<>(List.of(self(call, host)));
        if (host.clusterId() != null) {
            links.add(Link.related("cluster", Addresses.of(call, group, host.clusterId())));
            clusters.find(group, host.clusterId())
                    .map(Cluster::parent)
                    .ifPresent(parent -> links.add(Link.related("parentCluster", Addresses.of(call, group, parent))));
        }
        links.add(Link.related("group", Addresses.of(call, group)));
        return of(host, links);
    }

    private static Link self(Call call, Host host) {
        return Link.self(Addresses.of(call, host.groupId(), host.id()));
    }

    private static HostJson of(Host host, List<Link> links) {
        return new HostJson(
                false,
                List.of(),
                NO_AUTHENTICATION,
                host.clusterId() == null ? null : host.clusterId().hex(),
                date(host.created()),
                false,
                host.groupId().hex(),
                false,
                false,
                false,
                true,
                host.hostname(),
                host.id().hex(),
                null,
                false,
                0,
                0,
                date(host.lastPing()),
                null,
                links,
                false,
                false,
                false,
                0,
                host.port(),
                false,
                host.replicaSetName(),
                replicaState(host),
                0,
                host.shardName(),
                0,
                false,
                new HostJson.SystemInfo(0, 0),
                host.type().name(),
                0,
                null,
                host.version());
    }

    private static String replicaState(Host host) {
        if (host.replicaSetName() == null) {
            return null;
        }
        return switch (host.type()) {
            case REPLICA_PRIMARY, SHARD_PRIMARY -> "PRIMARY";
            case REPLICA_SECONDARY, SHARD_SECONDARY -> "SECONDARY";
            case REPLICA_ARBITER -> "ARBITER";
            case RECOVERING -> "RECOVERING";
            case STANDALONE, SHARD_MONGOS, SHARD_CONFIG, SHARD_STANDALONE, NO_DATA -> null;
        };
    }

    private static String date(Instant instant) {
        return instant == null ? null : ApiJson.date(instant);
    }
}
