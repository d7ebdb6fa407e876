package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.snapshot.Moment;

/**
 * What shall be restored: a snapshot, or what a snapshot holds of a time. At least one is not null; a checkpoint and a
 * moment are never both there.
 *
 * @param snapshot a snapshot; beside a checkpoint or moment, the one that it must be of
 * @param checkpoint a point that a whole sharded cluster was captured at
 * @param moment a point in the oplog
 */
record RestorePoint(SnapshotId snapshot, CheckpointId checkpoint, Moment moment) {
    /** A snapshot as it is. */
    static RestorePoint of(SnapshotId snapshot) {
        return new RestorePoint(snapshot, null, null);
    }

    /** Whether a time was asked for and not a snapshot. */
    boolean isInTime() {
        return checkpoint != null || moment != null;
    }
}
