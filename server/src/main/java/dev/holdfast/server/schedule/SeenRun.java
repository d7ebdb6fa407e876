package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;
import java.util.List;

/**
 * The making of one snapshot, for others to look at.
 *
 * @param onDemand whether somebody asked for it, and not the schedule
 * @param due when it was due, or asked for
 * @param isRunning whether somebody may still be at work
 * @param isDone whether the snapshot is complete; else, unless it is running, it failed
 * @param ended null while it is running
 * @param reason why it failed, else null
 * @param work what agents were asked for, in the order of the parts; left out where many runs are looked at
 */
public record SeenRun(
        String id,
        GroupId group,
        ClusterId cluster,
        SnapshotId snapshot,
        boolean onDemand,
        Instant due,
        boolean isRunning,
        boolean isDone,
        Instant begun,
        Instant ended,
        String reason,
        List<AssignmentId> work) {
    static SeenRun of(SnapshotRun run) {
        return new SeenRun(
                run.id(),
                run.group(),
                run.cluster(),
                run.snapshot(),
                run.kind() == SnapshotRun.Kind.ON_DEMAND,
                run.due(),
                run.state() == SnapshotRun.State.RUNNING,
                run.state() == SnapshotRun.State.DONE,
                run.begun(),
                run.ended(),
                run.reason(),
                run.parts().stream()
                        .map(SnapshotRun.Part::assignment)
                        .filter(id -> id != null)
                        .toList());
    }
}
