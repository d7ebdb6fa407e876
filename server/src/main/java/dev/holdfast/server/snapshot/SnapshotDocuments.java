package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ClusterJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.NamespaceFilterJson;
import dev.holdfast.contract.publicapi.SnapshotJson;
import dev.holdfast.contract.publicapi.SnapshotPartJson;
import dev.holdfast.contract.publicapi.TimestampJson;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.snapshot.SnapshotPart.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes snapshots as the API shows them, once per view: whole (a replica set, a sharded cluster), member (a shard, a
 * CSRS) and host (a mirrored config server). Inside a list an entity has only its self link.
 */
final class SnapshotDocuments {
    private static final String COMPRESSION = "GZIP";

    private final String groupUrl;
    private final boolean inList;

    /** {@code apiUrl} as {@link dev.holdfast.server.http.Call#apiUrl}. */
    SnapshotDocuments(String apiUrl, String groupId, boolean inList) {
        this.groupUrl = apiUrl + "/groups/" + groupId;
        this.inList = inList;
    }

    /** The owner's view. {@code members} of a sharded cluster, none of a replica set. */
    SnapshotJson ofOwner(Snapshot snapshot, Cluster owner, List<Cluster> members) {
        boolean sharded = owner.type().isSharded();
        // a shard that joined after the snapshot was complete is not missing from it
        List<ClusterJson> missing = members.stream()
                .filter(member -> !snapshot.clusterComplete() && !hasPart(snapshot, member))
                .map(this::missing)
                .toList();
        return document(
                snapshot,
                owner,
                null,
                snapshot.clusterComplete(),
                snapshot.parts(),
                sharded ? snapshot.isPossiblyInconsistent() : null,
                sharded ? missing : null);
    }

    /** The view of a member: its own part. */
    SnapshotJson ofMember(Snapshot snapshot, Cluster member, SnapshotPart part) {
        return document(snapshot, member, null, part.isCommitted(), List.of(part), null, null);
    }

    /** The view of a mirrored config server: its own part, as {@code owner}'s snapshot. */
    SnapshotJson ofHost(Snapshot snapshot, Cluster owner, Host host, SnapshotPart part) {
        return document(snapshot, owner, host.id(), part.isCommitted(), List.of(part), null, null);
    }

    private SnapshotJson document(
            Snapshot snapshot,
            Cluster cluster,
            HostId host,
            boolean complete,
            List<SnapshotPart> parts,
            Boolean possiblyInconsistent,
            List<ClusterJson> missing) {
        return new SnapshotJson(
                cluster.id().hex(),
                cluster.clusterName(),
                complete,
                TimestampJson.of(snapshot.created().getEpochSecond(), 1),
                snapshot.doNotDelete(),
                snapshot.doNotDelete() || snapshot.expires() == null ? null : ApiJson.date(snapshot.expires()),
                snapshot.groupId().hex(),
                host == null ? null : host.hex(),
                snapshot.id().hex(),
                possiblyInconsistent,
                lastOplogApplied(parts),
                links(snapshot, cluster, host),
                missing,
                NamespaceFilterJson.EVERYTHING,
                parts.stream().map(SnapshotDocuments::part).toList());
    }

    private List<Link> links(Snapshot snapshot, Cluster cluster, HostId host) {
        String clusterUrl = groupUrl + "/clusters/" + cluster.id();
        String hostUrl = groupUrl + "/hosts/" + host;
        List<Link> links = new ArrayList<>();
        links.add(Link.self((host == null ? clusterUrl : hostUrl) + "/snapshots/" + snapshot.id()));
        if (!inList) {
            links.add(Link.related("cluster", clusterUrl));
            if (host != null) {
                links.add(Link.related("host", hostUrl));
            }
            links.add(Link.related("group", groupUrl));
        }
        return links;
    }

    private static boolean hasPart(Snapshot snapshot, Cluster member) {
        return snapshot.partOf(member.id()).filter(SnapshotPart::isCommitted).isPresent();
    }

    private ClusterJson missing(Cluster member) {
        return new ClusterJson(
                member.clusterName(),
                member.groupId().hex(),
                member.id().hex(),
                member.lastHeartbeat() == null ? null : ApiJson.date(member.lastHeartbeat()),
                List.of(Link.self(groupUrl + "/clusters/" + member.id())),
                member.replicaSetName(),
                member.shardName(),
                member.type().name());
    }

    private static TimestampJson lastOplogApplied(List<SnapshotPart> parts) {
        return parts.stream()
                .filter(SnapshotPart::isCommitted)
                .max(Comparator.comparingLong(SnapshotPart::timestampSeconds)
                        .thenComparingLong(SnapshotPart::timestampIncrement))
                .map(part -> TimestampJson.of(part.timestampSeconds(), part.timestampIncrement()))
                .orElse(null);
    }

    private static SnapshotPartJson part(SnapshotPart part) {
        return new SnapshotPartJson(
                part.clusterId() == null ? null : part.clusterId().hex(),
                part.type() == Type.CONFIG_SERVER ? null : COMPRESSION,
                part.plainBytes(),
                part.encryptionEnabled(),
                part.plainBytes(),
                part.hostId() == null ? null : part.hostId().hex(),
                part.encryptionEnabled() ? part.masterKeyUUID() : null,
                part.mongodVersion(),
                part.replicaSetName(),
                part.plainBytes(),
                part.type().name());
    }
}
