package dev.holdfast.server.access;

/**
 * Which counts of one nonce were used: the highest, and each of the 256 up to it. Requests of one client may overtake
 * each other that far; a count further back can not be told from a used one, so it is refused. Safe for use by several
 * threads.
 */
final class NonceWindow {
    static final int WIDTH = 256;

    private final long[] used = new long[WIDTH / Long.SIZE];
    private long highest;

    /** Takes {@code count}, from 1; false if it was taken before or may have been. */
    synchronized boolean take(long count) {
        if (count < 1 || count <= highest - WIDTH) {
            return false;
        }
        if (count > highest) {
            // the counts in between come into the window unused, over the bits of those that fall out
            long firstNew = Math.max(highest + 1, count - WIDTH + 1);
            for (long skipped = firstNew; skipped <= count; skipped++) {
                used[word(skipped)] &= ~bit(skipped);
            }
            highest = count;
        } else if ((used[word(count)] & bit(count)) != 0) {
            return false;
        }
        used[word(count)] |= bit(count);
        return true;
    }

    private static int word(long count) {
        return (int) (count / Long.SIZE % (WIDTH / Long.SIZE));
    }

    private static long bit(long count) {
        return 1L << count % Long.SIZE;
    }
}
