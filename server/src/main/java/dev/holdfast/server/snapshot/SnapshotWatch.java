package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Is told what becomes of snapshots, as the last step of the transaction in which it does: it is told exactly when it
 * is so. A port that the wiring fills.
 */
public interface SnapshotWatch {
    /** Does not care. */
    SnapshotWatch NONE = new SnapshotWatch() {
        @Override
        public void begun(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, Instant now) {}

        @Override
        public void partCommitted(Handle tx, GroupId group, SnapshotId id, PartId part, Instant now) {}

        @Override
        public void completed(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, Instant now) {}

        @Override
        public void deleted(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, String why, Instant now) {}
    };

    /** It was begun. */
    void begun(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, Instant now);

    /** One of its parts can be restored from now on. */
    void partCommitted(Handle tx, GroupId group, SnapshotId id, PartId part, Instant now);

    /** All of its parts can. */
    void completed(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, Instant now);

    /** It can no longer be restored; {@code why} in one word: {@code asked}, {@code expired}, {@code abandoned},
     * {@code terminated} with the backup of its cluster. */
    void deleted(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, String why, Instant now);
}
