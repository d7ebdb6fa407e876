package dev.holdfast.server.overview;

/** What a node knows of where it runs, which is no room's. A port that the wiring fills. */
public interface Surroundings {
    /** The disk with the data directory; null when the store is in a bucket, or the disk does not say. */
    Disk disk();

    /** What was said when the keeper of the store's keys did not answer; null while it does, and without encryption. */
    String keysAway();

    /**
     * A disk.
     *
     * @param leastBytes what must be free for the node to be ready
     */
    record Disk(long freeBytes, long capacityBytes, long leastBytes) {
        /** Whether captures will fail soon. */
        boolean isNearlyFull() {
            return freeBytes < capacityBytes / 10 || freeBytes < 2 * leastBytes;
        }

        /** Whether the node refuses work already. */
        boolean isFull() {
            return freeBytes < leastBytes;
        }
    }
}
