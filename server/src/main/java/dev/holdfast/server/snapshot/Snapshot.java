package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One snapshot. The cluster view needs every part of the cluster; the host view needs only the host's own part, so
 * that a config server captured alone can be restored alone.
 *
 * @param clusterId its owner: a replica set or a whole sharded cluster
 * @param expires when it may be deleted; null while {@code doNotDelete}
 * @param clusterComplete whether all parts of the cluster are committed
 * @param deleted when it was deleted by name or by age, null while it is there
 * @param parts in their order: shards, config last
 */
public record Snapshot(
        SnapshotId id,
        GroupId groupId,
        ClusterId clusterId,
        Instant created,
        Instant expires,
        boolean doNotDelete,
        boolean clusterComplete,
        Instant deleted,
        List<SnapshotPart> parts) {
    /** Copies the parts. */
    public Snapshot {
        parts = List.copyOf(parts);
    }

    /** Whether it was deleted, or is old enough to be: then nobody is shown it, and nothing new is made of it. */
    public boolean isGone(Instant now) {
        return deleted != null || expires != null && !now.isBefore(expires);
    }

    /**
     * Whether its parts may be of different moments. No balancer is stopped here; but if there was a moment at which the
     * files of every part stood still, they show the cluster as it was then, chunks on their way included as mongod itself
     * would find them after a power cut. Without such a moment a chunk may be in two parts, or in none.
     */
    public boolean isPossiblyInconsistent() {
        Instant allStill = Instant.EPOCH;
        Instant firstEnd = Instant.MAX;
        for (SnapshotPart part : parts) {
            if (part.isCommitted()) {
                Instant still = part.stillSince() == null ? part.committed() : part.stillSince();
                allStill = still.isAfter(allStill) ? still : allStill;
                firstEnd = part.committed().isBefore(firstEnd) ? part.committed() : firstEnd;
            }
        }
        return allStill.isAfter(firstEnd);
    }

    /** The part that was read from a mirrored config server. */
    public Optional<SnapshotPart> partOf(HostId host) {
        return parts.stream().filter(part -> host.equals(part.hostId())).findFirst();
    }

    /** The part of a replica set. */
    public Optional<SnapshotPart> partOf(ClusterId cluster) {
        return parts.stream().filter(part -> cluster.equals(part.clusterId())).findFirst();
    }
}
