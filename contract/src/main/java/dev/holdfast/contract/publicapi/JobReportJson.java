package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * What Ops Manager's restore job has no fields for: why a job ended, and how far its agents are.
 *
 * @param created ISO 8601
 * @param deliveryStatusName as {@code delivery.statusName} of the job
 * @param downloads how many of its archive have counted
 * @param reason why it is BROKEN or KILLED; null otherwise
 * @param remainingDownloads how many may still begin now; null without a limit
 * @param statusName as the job's
 * @param targets one per host that is restored to; null for a job whose archive is downloaded
 */
public record JobReportJson(
        String created,
        String deliveryStatusName,
        int downloads,
        String groupId,
        String id,
        List<Link> links,
        String reason,
        Integer remainingDownloads,
        String statusName,
        List<Target> targets) {

    /**
     * A host that is restored to.
     *
     * @param attempt how often an agent has begun
     * @param doneBytes of {@code totalBytes}, in this step
     * @param reason why the last attempt failed; null if none did
     * @param statusName {@code OPEN}, {@code LEASED}, {@code DONE}, {@code FAILED} or {@code CANCELLED}
     * @param step what its agent is at; null if it did not say
     */
    public record Target(
            int attempt,
            long doneBytes,
            String hostId,
            String reason,
            String statusName,
            String step,
            long totalBytes) {}
}
