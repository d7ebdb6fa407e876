package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * Work that agents were asked for: the making of a snapshot, or an automated restore. Ours, beside the Public API.
 *
 * @param begun when it was asked for, ISO 8601
 * @param clusterId of which the snapshot is, or that is restored into
 * @param due when the snapshot was due; absent for a restore
 * @param ended ISO 8601; absent while it is not over
 * @param id of the run, for a restore that of its job
 * @param jobId of the restore job, absent for a snapshot
 * @param kindName {@code SNAPSHOT} or {@code RESTORE}
 * @param onDemand whether somebody asked for the snapshot, and not the schedule; absent for a restore
 * @param reason why it failed or was cancelled, absent otherwise
 * @param snapshotId that is made, or restored
 * @param stateName {@code QUEUED}, {@code RUNNING}, {@code DONE}, {@code FAILED} or {@code CANCELLED}
 * @param work one for each part of the snapshot or host of the restore that an agent was asked for
 */
public record RunJson(
        String begun,
        String clusterId,
        String due,
        String ended,
        String id,
        String jobId,
        String kindName,
        Boolean onDemand,
        String reason,
        String snapshotId,
        String stateName,
        List<WorkJson> work) {
    /**
     * What one agent does.
     *
     * @param agent who has it, or had it last; absent if nobody did
     * @param attempt how often it was begun
     * @param doneBytes of {@code totalBytes}, in this step
     * @param hostId on which host; absent if nobody had it
     * @param id of the assignment
     * @param reason why the last attempt failed; absent if none did
     * @param stateName as the run's
     * @param step what the agent is at, absent if it did not say
     * @param totalBytes 0 when not known
     */
    public record WorkJson(
            String agent,
            int attempt,
            long doneBytes,
            String hostId,
            String id,
            String reason,
            String stateName,
            String step,
            long totalBytes) {}
}
