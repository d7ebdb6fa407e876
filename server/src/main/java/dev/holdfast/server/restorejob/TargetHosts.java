package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.ClusterType;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.SnapshotPart.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which hosts of a target the parts of a snapshot go to. The shards go to the target's shards in their order, the config
 * servers to the config servers. Of a replica set every member that an agent serves gets the data (the others sync from
 * those); mirrored config servers are copies of each other without replication, so all of them must be served.
 *
 * @param target a replica set or a whole sharded cluster
 * @param members of a sharded target
 * @param hosts all of the target's project
 * @param served hosts that an agent serves which was heard of lately
 */
record TargetHosts(Cluster target, List<Cluster> members, List<Host> hosts, Set<HostId> served) {
    /**
     * The hosts of each part, in the order of the parts.
     *
     * @param whole whether the parts are a whole sharded cluster
     * @throws Refusal INVALID_ATTRIBUTE for a target of another shape; RESTORE_INITIATION_FAILED when nobody would do it
     */
    List<List<HostId>> of(List<SnapshotPart> parts, boolean whole) {
        if (whole != target.type().isSharded()) {
            throw unfit(whole ? "it is no sharded cluster" : "it is a whole sharded cluster; name one of its shards");
        }
        List<Cluster> shards = members.stream()
                .filter(member -> member.type() == ClusterType.REPLICA_SET)
                .toList();
        long wanted =
                parts.stream().filter(part -> part.type() == Type.REPLICA_SET).count();
        if (whole && wanted != shards.size()) {
            throw unfit("it has " + shards.size() + " shards, and the snapshot has " + wanted);
        }
        List<List<HostId>> places = new ArrayList<>();
        int shard = 0;
        for (SnapshotPart part : parts) {
            if (!whole) {
                places.add(members(target));
            } else if (part.type() == Type.REPLICA_SET) {
                places.add(members(shards.get(shard++)));
            } else if (part.type() == Type.CONFIG_SERVER) {
                places.add(mirrors());
            } else {
                places.add(members(members.stream()
                        .filter(member -> member.type() == ClusterType.CONFIG_SERVER_REPLICA_SET)
                        .findFirst()
                        .orElseThrow(() -> unfit("it has no config server replica set"))));
            }
        }
        return places;
    }

    private List<HostId> members(Cluster set) {
        List<HostId> found = hosts.stream()
                .filter(host -> set.id().equals(host.clusterId()) && holdsData(host.type()))
                .map(Host::id)
                .filter(served::contains)
                .toList();
        if (found.isEmpty()) {
            throw new Refusal(
                    ErrorCode.RESTORE_INITIATION_FAILED,
                    "no agent serves a member of "
                            + Objects.requireNonNullElse(
                                    set.replicaSetName(), set.id().hex()) + ". Start holdfast agent on one.");
        }
        return found;
    }

    private List<HostId> mirrors() {
        List<Host> mirrors = hosts.stream()
                .filter(host -> target.id().equals(host.clusterId()) && host.isMirroredConfigServer())
                .toList();
        if (mirrors.isEmpty()) {
            throw unfit("it has no mirrored config servers");
        }
        List<String> missing = mirrors.stream()
                .filter(host -> !served.contains(host.id()))
                .map(Host::address)
                .toList();
        if (!missing.isEmpty()) {
            throw new Refusal(
                    ErrorCode.RESTORE_INITIATION_FAILED,
                    "no agent serves the config servers " + String.join(", ", missing)
                            + ", and all mirrors must be the same. Start holdfast agent on each.");
        }
        return mirrors.stream().map(Host::id).toList();
    }

    private static boolean holdsData(HostType type) {
        return switch (type) {
            case REPLICA_ARBITER, SHARD_MONGOS -> false;
            default -> true;
        };
    }

    private static Refusal unfit(String why) {
        return new Refusal(ErrorCode.INVALID_ATTRIBUTE, "delivery.targetClusterId")
                .saying("Invalid attribute delivery.targetClusterId specified: " + why + ".");
    }
}
