package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.database.Database;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Paging;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The points in time that can be restored: checkpoints of sharded clusters, and for every cluster the moments that a
 * snapshot holds exactly. Nothing in between, for no oplog is stored.
 */
public final class Checkpoints {
    private final Database database;

    /** Does no I/O. */
    public Checkpoints(Database database) {
        this.database = database;
    }

    /** The checkpoint with that id, if it is one of that sharded cluster; also one that cannot be restored any more. */
    public Optional<Checkpoint> find(GroupId group, ClusterId cluster, CheckpointId id) {
        return database.read(handle -> find(handle, group, cluster, id));
    }

    /** As {@link #find(GroupId, ClusterId, CheckpointId)}, as the transaction sees it. */
    public Optional<Checkpoint> find(Handle tx, GroupId group, ClusterId cluster, CheckpointId id) {
        return CheckpointTable.find(tx, group, cluster, id);
    }

    /** Those of a sharded cluster, latest first. */
    CheckpointPage list(GroupId group, ClusterId cluster, Paging paging) {
        return database.read(handle -> CheckpointTable.list(handle, group, cluster, paging));
    }

    /** Snapshots that hold a cluster as it was at that very moment, the latest taken first. */
    public List<Snapshot> at(Handle tx, Cluster cluster, Moment moment) {
        return found(tx, cluster, moment.seconds()).stream()
                .filter(snapshot -> moment.isAt(newest(snapshot, cluster)))
                .toList();
    }

    /** Snapshots that hold a mirrored config server as it was at that very moment, the latest taken first. */
    public List<Snapshot> at(Handle tx, Host host, Moment moment) {
        return MomentTable.ofHost(tx, host.groupId(), host.id(), moment.seconds()).stream()
                .filter(snapshot -> moment.isAt(
                        Moment.newestOf(List.of(snapshot.partOf(host.id()).orElseThrow()))))
                .toList();
    }

    /** What can be restored of a cluster at {@code now}, earliest first; of one moment the snapshot taken last. */
    List<TimeRange> ranges(Cluster cluster, Instant now) {
        Function<Snapshot, TimeRange> range = snapshot -> new TimeRange(
                snapshot, newest(snapshot, cluster), cluster.type().isSharded() ? (int) shards(snapshot) : null);
        Comparator<Moment> earliest = Comparator.comparingLong(Moment::seconds).thenComparingLong(Moment::increment);
        return database.read(handle -> found(handle, cluster, null)).stream()
                .filter(snapshot -> !snapshot.isGone(now))
                .map(range)
                .collect(Collectors.toMap(TimeRange::point, Function.identity(), (late, old) -> late))
                .values()
                .stream()
                .sorted(Comparator.comparing(TimeRange::point, earliest))
                .toList();
    }

    private static List<Snapshot> found(Handle handle, Cluster cluster, Long second) {
        return cluster.type().isSharded()
                ? MomentTable.ofSharded(handle, cluster.groupId(), cluster.id(), second)
                : MomentTable.ofReplicaSet(handle, cluster.groupId(), cluster.id(), second);
    }

    private static Moment newest(Snapshot snapshot, Cluster cluster) {
        return Moment.newestOf(
                cluster.type().isSharded()
                        ? committed(snapshot)
                        : List.of(snapshot.partOf(cluster.id()).orElseThrow()));
    }

    private static long shards(Snapshot snapshot) {
        return committed(snapshot).stream()
                .filter(part -> part.type() == SnapshotPart.Type.REPLICA_SET)
                .count();
    }

    private static List<SnapshotPart> committed(Snapshot snapshot) {
        return snapshot.parts().stream().filter(SnapshotPart::isCommitted).toList();
    }
}
