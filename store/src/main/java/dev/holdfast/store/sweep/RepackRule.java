package dev.holdfast.store.sweep;

/**
 * When a pack is worth copying. What is gained, in bytes: those that nothing needs any more, and for each stretch that a
 * restore need not jump to any more {@code jumpBytes}. What it costs: the bytes that are still needed and are copied.
 *
 * @param jumpBytes what could be read in the time of one jump to another place of a pack
 * @param leastReadShare a part is healed only when a restore of it is thought slower than this share of one that reads
 *     without jumps: to heal what hurts nobody would wear out disks
 * @param leastGain bytes gained for each byte copied, at least
 * @param mostBytes most bytes copied in one sweep: a sweep shares the disk with captures and restores, and its copies
 *     need room until the old packs are gone
 */
public record RepackRule(long jumpBytes, double leastReadShare, double leastGain, long mostBytes) {
    /**
     * A jump costs 32 KiB: half of that from the page cache, more from a disk. A restore keeps 0.75 of its speed by that
     * measure, so that it stays above 0.6 where a jump costs twice as much. A quarter of what is copied must be won, and 64
     * GiB a sweep are some ten minutes of a disk. Measured in docs/decisions/0073.
     */
    public static final RepackRule DEFAULT = new RepackRule(32 << 10, 0.75, 0.25, 64L << 30);

    /** Copies nothing. */
    public static final RepackRule NONE = new RepackRule(0, 0, 1, 0);

    /** Refuses what makes no sense. */
    public RepackRule {
        if (jumpBytes < 0 || mostBytes < 0 || !(leastReadShare >= 0 && leastReadShare < 1) || !(leastGain > 0)) {
            throw new IllegalArgumentException("a rule for repacking that makes no sense: jump " + jumpBytes
                    + ", read share " + leastReadShare + ", gain " + leastGain + ", bytes " + mostBytes);
        }
    }

    /** Whether it copies anything at all. */
    boolean copies() {
        return mostBytes > 0;
    }

    /** Whether a part of so many bytes in so many stretches is worth healing. */
    boolean hurts(long bytes, long stretches) {
        return bytes < leastReadShare * ((double) bytes + (double) stretches * jumpBytes);
    }

    /** Bytes gained with a pack. */
    long gain(long deadBytes, long jumps) {
        return deadBytes + jumps * jumpBytes;
    }

    /** Whether that is worth the copy. */
    boolean pays(long gain, long copied) {
        return gain > 0 && gain >= leastGain * copied;
    }
}
