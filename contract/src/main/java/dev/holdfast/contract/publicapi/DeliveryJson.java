package dev.holdfast.contract.publicapi;

/**
 * How a restore job's archive is handed over.
 *
 * @param expirationHours as asked for, or the hours to {@code expires} rounded up
 * @param expires ISO 8601, when the link ends
 * @param maxDownloads how often the link may be used; 2147483647 for no limit
 * @param methodName {@code HTTP}, for an automated restore too, as the documentation shows it
 * @param targetClusterId where an automated restore writes to, else null
 * @param targetGroupId its project, else null
 * @param url absolute; stays after the link ended
 */
public record DeliveryJson(
        long expirationHours,
        String expires,
        int maxDownloads,
        String methodName,
        String statusName,
        String targetClusterId,
        String targetGroupId,
        String url) {}
