package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.ClusterType;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.Hosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What a snapshot of a cluster is made of, and from which hosts each of it can be read. */
final class Members {
    // nothing is read from these: an arbiter has no data, a mongos none at all
    private static final Set<HostType> WITHOUT_DATA = Set.of(HostType.REPLICA_ARBITER, HostType.SHARD_MONGOS);

    private final Clusters clusters;
    private final Hosts hosts;

    Members(Clusters clusters, Hosts hosts) {
        this.clusters = clusters;
        this.hosts = hosts;
    }

    /**
     * One member.
     *
     * @param cluster the replica set; null for mirrored config servers, of which one is read
     * @param hosts the best first
     */
    record Member(ClusterId cluster, List<HostId> hosts) {}

    /** The members of {@code owner}: shards, then the config servers; {@code syncSource} as in {@link BackupConfig}. */
    List<Member> of(Handle tx, Cluster owner, String syncSource) {
        List<Host> all = hosts.list(tx, owner.groupId());
        List<Cluster> sets = owner.type().isSharded() ? clusters.members(tx, owner.id()) : List.of(owner);
        List<Member> members = new ArrayList<>();
        boolean csrs = false;
        for (Cluster set : sets) {
            csrs |= set.type() == ClusterType.CONFIG_SERVER_REPLICA_SET;
            List<HostId> of = all.stream()
                    .filter(host -> set.id().equals(host.clusterId()))
                    .filter(host -> !WITHOUT_DATA.contains(host.type()))
                    .sorted(Comparator.comparing(host -> rank(host, syncSource)))
                    .map(Host::id)
                    .toList();
            members.add(new Member(set.id(), of));
        }
        // a cluster that was converted to a CSRS may still have the hosts of its mirrors
        List<Host> mirrors =
                csrs || !owner.type().isSharded() ? List.of() : hosts.mirroredConfigServers(tx, owner.id());
        if (!mirrors.isEmpty()) {
            members.add(new Member(null, mirrors.stream().map(Host::id).toList()));
        }
        return members;
    }

    private static int rank(Host host, String syncSource) {
        if (host.address().equals(syncSource)) {
            return 0;
        }
        boolean primary = host.type() == HostType.REPLICA_PRIMARY || host.type() == HostType.SHARD_PRIMARY;
        // unless told otherwise the primary is spared
        return primary == "PRIMARY".equals(syncSource) ? 1 : 2;
    }
}
