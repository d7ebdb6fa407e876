package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.ClusterType;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.snapshot.SnapshotPart.Type;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Where a part stands in the snapshots of its cluster.
 *
 * @param slot which member it is of: the id of a replica set, or {@link #CONFIG} for mirrored config servers, of which
 *     a snapshot has one part whichever mirror was read
 * @param mongodVersion of the host that is read, null when unknown
 */
record Place(
        String slot,
        int position,
        Type type,
        ClusterId clusterId,
        HostId hostId,
        String replicaSetName,
        String mongodVersion) {
    static final String CONFIG = "config";

    private static final Comparator<Host> PRIMARY_FIRST = Comparator.comparing(
                    (Host host) -> host.type() != HostType.REPLICA_PRIMARY && host.type() != HostType.SHARD_PRIMARY)
            .thenComparing(Host::address);

    /** The place of a replica set: {@code owner} itself, or one of its members. */
    static Place ofCluster(Handle tx, Clusters clusters, Hosts hosts, Cluster owner, Cluster part) {
        List<Cluster> members = members(tx, clusters, owner);
        int position = members.indexOf(part);
        if (position < 0) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "clusterId")
                    .saying("Cluster " + part.id() + " is no member of cluster " + owner.id()
                            + ", which the snapshot is of.\nHINT: begin a snapshot of its own for it.");
        }
        String version = hosts.list(tx, owner.groupId()).stream()
                .filter(host -> part.id().equals(host.clusterId()))
                .sorted(PRIMARY_FIRST)
                .map(Host::version)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Type type = part.type() == ClusterType.CONFIG_SERVER_REPLICA_SET
                ? Type.CONFIG_SERVER_REPLICA_SET
                : Type.REPLICA_SET;
        return new Place(part.id().hex(), position, type, part.id(), null, part.replicaSetName(), version);
    }

    /** The place of the mirrored config servers of {@code owner}, read from {@code host}. */
    static Place ofHost(Handle tx, Clusters clusters, Cluster owner, Host host) {
        if (!owner.id().equals(host.clusterId())) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "hostId")
                    .saying("Host " + host.id() + " is no config server of cluster " + owner.id()
                            + ", which the snapshot is of.\nHINT: begin a snapshot of its own for it.");
        }
        int position = members(tx, clusters, owner).size();
        return new Place(CONFIG, position, Type.CONFIG_SERVER, null, host.id(), null, host.version());
    }

    /** The slots that must be filled for a snapshot of {@code owner} to be complete. */
    static Set<String> required(Handle tx, Clusters clusters, Hosts hosts, Cluster owner) {
        Set<String> slots = new HashSet<>();
        boolean csrs = false;
        for (Cluster member : members(tx, clusters, owner)) {
            slots.add(member.id().hex());
            csrs |= member.type() == ClusterType.CONFIG_SERVER_REPLICA_SET;
        }
        // a cluster that was converted to a CSRS may still have the hosts of its mirrors
        if (!csrs && !hosts.mirroredConfigServers(tx, owner.id()).isEmpty()) {
            slots.add(CONFIG);
        }
        return slots;
    }

    /** The slot that a part fills. */
    static String slotOf(SnapshotPart part) {
        return part.clusterId() == null ? CONFIG : part.clusterId().hex();
    }

    /** The owner of the snapshots of a cluster: the whole that it is a member of, else itself. */
    static Cluster owner(Handle tx, Clusters clusters, GroupId group, Cluster cluster) {
        return cluster.parent() == null
                ? cluster
                : clusters.find(tx, group, cluster.parent()).orElse(cluster);
    }

    private static List<Cluster> members(Handle tx, Clusters clusters, Cluster owner) {
        return owner.type().isSharded() ? clusters.members(tx, owner.id()) : List.of(owner);
    }
}
