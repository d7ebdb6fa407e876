package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.snapshot.Snapshot;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What this room needs of {@code snapshot}, no more. */
@FunctionalInterface
public interface SnapshotFinder {
    /**
     * The snapshot with that id if it belongs to that project, a deleted one too. It stays as it is until the
     * transaction ends, so no job is made of one that is being deleted.
     */
    Optional<Snapshot> find(Handle tx, GroupId group, SnapshotId id);
}
