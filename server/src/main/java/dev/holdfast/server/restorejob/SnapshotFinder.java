package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.snapshot.Snapshot;
import java.util.Optional;

/** What this room needs of {@code snapshot}, no more. */
@FunctionalInterface
public interface SnapshotFinder {
    /** The snapshot with that id if it belongs to that project, a deleted one too. */
    Optional<Snapshot> find(GroupId group, SnapshotId id);
}
