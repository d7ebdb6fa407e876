package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.snapshot.Checkpoints;
import dev.holdfast.server.snapshot.Moment;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.Snapshots;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What this room needs of {@code snapshot}, no more. */
public interface SnapshotFinder {
    /**
     * The snapshot with that id if it belongs to that project, a deleted one too. It stays as it is until the
     * transaction ends, so no job is made of one that is being deleted.
     */
    Optional<Snapshot> find(Handle tx, GroupId group, SnapshotId id);

    /** The snapshot of a checkpoint of that sharded cluster, a deleted one too. */
    Optional<SnapshotId> ofCheckpoint(Handle tx, GroupId group, ClusterId cluster, CheckpointId id);

    /** Snapshots that hold a cluster as it was at that very moment, the latest taken first. */
    List<SnapshotId> at(Handle tx, Cluster cluster, Moment moment);

    /** Snapshots that hold a mirrored config server as it was at that very moment, the latest taken first. */
    List<SnapshotId> at(Handle tx, Host host, Moment moment);

    /** The real ones. */
    static SnapshotFinder of(Snapshots snapshots, Checkpoints checkpoints) {
        return new SnapshotFinder() {
            @Override
            public Optional<Snapshot> find(Handle tx, GroupId group, SnapshotId id) {
                return snapshots.find(tx, group, id);
            }

            @Override
            public Optional<SnapshotId> ofCheckpoint(Handle tx, GroupId group, ClusterId cluster, CheckpointId id) {
                return checkpoints
                        .find(tx, group, cluster, id)
                        .map(found -> found.snapshot().id());
            }

            @Override
            public List<SnapshotId> at(Handle tx, Cluster cluster, Moment moment) {
                return checkpoints.at(tx, cluster, moment).stream()
                        .map(Snapshot::id)
                        .toList();
            }

            @Override
            public List<SnapshotId> at(Handle tx, Host host, Moment moment) {
                return checkpoints.at(tx, host, moment).stream()
                        .map(Snapshot::id)
                        .toList();
            }
        };
    }
}
