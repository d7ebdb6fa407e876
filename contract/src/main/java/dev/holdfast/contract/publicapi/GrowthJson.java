package dev.holdfast.contract.publicapi;

/**
 * What a snapshot came to, for plots. Ours, beside the Public API.
 *
 * @param archiveBytes bytes of its archives
 * @param complete whether the list's owner can be restored from it
 * @param created ISO 8601
 * @param id of the snapshot
 * @param logicalBytes bytes of its files
 * @param newBytes stored bytes that no earlier snapshot of the project had
 * @param storedBytes stored bytes that it needs, those that it has in common with others included
 */
public record GrowthJson(
        long archiveBytes,
        boolean complete,
        String created,
        String id,
        long logicalBytes,
        long newBytes,
        long storedBytes) {}
