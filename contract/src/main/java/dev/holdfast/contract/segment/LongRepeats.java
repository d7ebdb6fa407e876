package dev.holdfast.contract.segment;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Tells whether a block repeats long stretches of itself, at a small part of the price of finding all matches. A code of
 * 8 bytes at every 32nd place is remembered; every place in 32 of each 512 bytes then asks whether it was seen before. A
 * stretch of 40 bytes or more that comes again holds a remembered place; one of 552 bytes is surely met, of shorter ones
 * some.
 */
final class LongRepeats {
    private static final int REMEMBERED_EVERY = 32;
    private static final int ASKED_EVERY = 512;
    private static final int WIDTH = 8;
    private static final int HASH_BITS = 12;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;
    // of the samples, one in so many must be met: matches save about 0.3 % of a block for each 1 % of its samples
    private static final int SAMPLES_PER_REPEAT = 20;

    private static final VarHandle LONG = BitWriter.LONG;

    // place in the block + 1; 0 for none
    private final int[] table = new int[1 << HASH_BITS];

    /** Whether matches would save more than one or two percent of the bytes from {@code start} to {@code end} are in long repeats. */
    boolean areIn(byte[] plain, int start, int end) {
        Arrays.fill(table, 0);
        int samples = 0;
        int met = 0;
        int last = end - WIDTH;
        for (int sample = start; sample + REMEMBERED_EVERY <= last; sample += ASKED_EVERY) {
            samples++;
            for (int p = sample; p < sample + REMEMBERED_EVERY; p++) {
                long eight = (long) LONG.get(plain, p);
                int seen = table[hash(eight)] - 1;
                if (seen >= 0
                        && (long) LONG.get(plain, start + seen) == eight
                        && p - start - seen <= DeflateSymbols.MAX_DISTANCE) {
                    met++;
                    break;
                }
            }
            for (int p = sample; p < sample + ASKED_EVERY && p <= last; p += REMEMBERED_EVERY) {
                table[hash((long) LONG.get(plain, p))] = p - start + 1;
            }
        }
        return met * SAMPLES_PER_REPEAT >= samples;
    }

    private static int hash(long eight) {
        return (int) (eight * HASH_FACTOR >>> Long.SIZE - HASH_BITS);
    }
}
