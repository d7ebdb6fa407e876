package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.CheckpointId;
import java.time.Instant;

/**
 * A point that a whole sharded cluster can be restored to.
 *
 * @param seconds the second of the oplogs that all parts end in, since the epoch
 * @param completed when the last part was in the store and the snapshot complete
 * @param snapshot what is restored
 */
public record Checkpoint(CheckpointId id, long seconds, Instant completed, Snapshot snapshot) {
    /** Whether a restore job can be made of it. */
    public boolean isRestorable(Instant now) {
        return !snapshot.isGone(now);
    }
}
