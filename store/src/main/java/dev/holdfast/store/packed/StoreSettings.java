package dev.holdfast.store.packed;

import dev.holdfast.contract.segment.SegmentLevel;

/**
 * How a store is made and used.
 *
 * @param blockSize bytes of a block, a power of two from 4 KiB to 4 MiB; counts only when the store is made
 * @param level how segments are to be encoded; counts only when the store is made
 * @param packBytes size at which a pack is sealed, 64 KiB to 1 GiB; one of very small blocks is sealed sooner
 * @param openFiles most pack files held open for reading
 * @param cachedIndexBytes most heap for indices of packs
 */
public record StoreSettings(int blockSize, SegmentLevel level, int packBytes, int openFiles, int cachedIndexBytes) {
    /** 64 KiB blocks, fast level, 32 MiB packs. */
    public static final StoreSettings DEFAULT = new StoreSettings(64 << 10, SegmentLevel.FAST, 32 << 20, 128, 16 << 20);

    /** Checks every value; an {@link IllegalArgumentException} says which one is wrong. */
    public StoreSettings {
        requireBlockSize(blockSize);
        require(
                packBytes >= 64 << 10 && packBytes <= 1 << 30,
                "pack size must be 65536 to 1073741824 bytes, not " + packBytes);
        require(openFiles >= 1, "open files must be at least 1, not " + openFiles);
        require(cachedIndexBytes >= 0, "cached index bytes must not be negative: " + cachedIndexBytes);
    }

    /** The same with another block size. */
    public StoreSettings withBlockSize(int bytes) {
        return new StoreSettings(bytes, level, packBytes, openFiles, cachedIndexBytes);
    }

    /** The same with another pack size. */
    public StoreSettings withPackBytes(int bytes) {
        return new StoreSettings(blockSize, level, bytes, openFiles, cachedIndexBytes);
    }

    /** The same with another level. */
    public StoreSettings withLevel(SegmentLevel other) {
        return new StoreSettings(blockSize, other, packBytes, openFiles, cachedIndexBytes);
    }

    static void requireBlockSize(int bytes) {
        require(
                Integer.bitCount(bytes) == 1 && bytes >= 4 << 10 && bytes <= 4 << 20,
                "block size must be a power of two from 4096 to 4194304, not " + bytes);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
