package dev.holdfast.store.manifest;

/**
 * Decides where pages end, from what is there rather than from how much came before: then a change in one place leaves
 * the cuts elsewhere, and so the pages between them, as they were in the snapshot before. Readers need not know; it may
 * be changed at the price of one snapshot that shares no pages.
 */
final class PageCut {
    /** Within a file only every so many blocks. */
    static final int GROUP = 1024;

    private static final int ENTRY_RATE = 256;
    private static final int GROUP_RATE = 8;

    private PageCut() {}

    /** Whether a page ends before the entry with this path. */
    static boolean beforeEntry(byte[] path) {
        return hash(path, 0) % ENTRY_RATE == 0;
    }

    /** Whether a page ends before the file's block with this ordinal. */
    static boolean beforeBlock(byte[] path, long block) {
        return block > 0 && block % GROUP == 0 && hash(path, block) % GROUP_RATE == 0;
    }

    private static long hash(byte[] path, long salt) {
        // FNV-1a, then the finish of SplitMix64 so that its low bits depend on all
        long hash = 0xcbf2_9ce4_8422_2325L ^ salt;
        for (byte b : path) {
            hash = (hash ^ b & 0xff) * 0x100_0000_01b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d0_49bb_1331_11ebL;
        return (hash ^ hash >>> 31) & Long.MAX_VALUE;
    }
}
