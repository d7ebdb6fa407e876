package dev.holdfast.store.archive;

import dev.holdfast.store.pack.PackId;

/**
 * A run of adjacent slots of one pack, which hold consecutive blocks of one file.
 *
 * @param pack the pack
 * @param firstSlot ordinal of the first slot
 * @param slots number of slots, at least 1
 * @param plainBytes bytes of the blocks together
 * @param storedBytes bytes of the segments together
 * @param plainCrc32 CRC-32 of the blocks, joined
 * @param storedCrc32c CRC-32C of the segments, joined: pins the very bytes that the part was made of
 */
public record Extent(
        PackId pack, int firstSlot, int slots, long plainBytes, long storedBytes, int plainCrc32, int storedCrc32c)
        implements PlanRecord {}
