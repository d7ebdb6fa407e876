package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;
import java.util.List;

/**
 * The making of one snapshot.
 *
 * @param due when it was due, or asked for
 * @param classes of retention
 * @param reason why it failed, else null
 */
record SnapshotRun(
        String id,
        GroupId group,
        ClusterId cluster,
        Kind kind,
        Instant due,
        SnapshotId snapshot,
        State state,
        KeepClasses classes,
        Instant begun,
        Instant ended,
        String reason,
        List<Part> parts) {
    enum Kind {
        SCHEDULED,
        ON_DEMAND
    }

    enum State {
        RUNNING,
        /** The snapshot is complete. */
        DONE,
        /** It is not, and nobody works on it any more. */
        FAILED
    }

    /**
     * One member of the cluster.
     *
     * @param cluster the replica set; null for the mirrored config servers
     * @param assignment null if no host of it is known
     */
    record Part(ClusterId cluster, AssignmentId assignment) {}
}
