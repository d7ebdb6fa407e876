package dev.holdfast.store;

/**
 * Figures of a committed part.
 *
 * @param files entries of its file list (files, directories, links)
 * @param plainBytes bytes of all files
 * @param storedBytes bytes of all segments that it refers to, shared ones included
 * @param newBytes bytes that the store grew by when it was committed
 * @param archiveBytes size of its archive
 */
public record PartSummary(long files, long plainBytes, long storedBytes, long newBytes, long archiveBytes) {}
