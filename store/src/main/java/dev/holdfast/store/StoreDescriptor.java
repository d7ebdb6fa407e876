package dev.holdfast.store;

/**
 * What is fixed when a store is made, and written into its first file.
 *
 * @param storeId 16 random bytes in hexadecimal; every other file of the store bears it
 * @param blockSize bytes of a block, a power of two from 4 KiB to 4 MiB
 * @param level how new segments are encoded, {@code fast} or {@code small}; may be changed, unlike the rest
 * @param zeroSegment the segment of a full block of zeros; pinned here so that a better encoder cannot change an archive
 */
public record StoreDescriptor(String storeId, int blockSize, String level, byte[] zeroSegment) {}
