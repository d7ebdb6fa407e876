package dev.holdfast.contract.segment;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Finds repetitions greedily: a hash of the next few bytes names the one place where they may have been before, and
 * the first match found is taken. On database pages, which are mostly compressed already, looking harder costs several
 * times the time for a few percent.
 */
final class MatchFinder {
    static final int MIN_MATCH = 4;

    private static final int HASH_BITS = 15;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;
    // reads of 8 bytes near a match must stay inside the block
    private static final int TAIL = 12;
    // places after which the search takes longer steps where nothing repeats: one byte more for each 32 misses, up to 8
    private static final int MISSES_PER_STEP_BITS = 5;
    private static final int MAX_STEP = 8;
    // inside a match of up to this length every second place is remembered, of a longer one only its end
    private static final int SHORT_MATCH = 32;

    private static final VarHandle LONG = BitWriter.LONG;

    // where a hash was seen last: base + place in the block. The base grows with each block past all that the table
    // holds, so what older blocks left is below it and needs no clearing
    private final int[] table = new int[1 << HASH_BITS];
    private int base = 1;
    private int blockOffset;
    private int blockEnd;
    private long mask;

    /**
     * Begins a block, {@code length} bytes from {@code offset}; nothing is remembered of those before it.
     *
     * @param shortest only matches of so many bytes or more are looked for, {@link #MIN_MATCH} to 7
     */
    void begin(int offset, int length, int shortest) {
        mask = (1L << shortest * Byte.SIZE) - 1;
        base += blockEnd - blockOffset;
        if (base > Integer.MAX_VALUE - length) {
            Arrays.fill(table, 0);
            base = 1;
        }
        blockOffset = offset;
        blockEnd = offset + length;
    }

    /** Describes the stretch from {@code start} to {@code end} of the block as tokens; matches may reach before it. */
    void find(byte[] plain, int start, int end, Tokens tokens) {
        int[] seen = table;
        long few = mask;
        int low = blockOffset;
        // what table entries are ahead of places in the array
        int shift = base - low;
        int limit = Math.min(end, blockEnd - TAIL);
        int literalsFrom = start;
        int misses = 0;
        int p = start;
        tokens.clear();
        while (p < limit) {
            long here = (long) LONG.get(plain, p) & few;
            int hash = hash(here);
            int candidate = seen[hash] - shift;
            seen[hash] = p + shift;
            if (candidate < low
                    || p - candidate > DeflateSymbols.MAX_DISTANCE
                    || ((long) LONG.get(plain, candidate) & few) != here
                    || end - p < MIN_MATCH) {
                p += Math.min(MAX_STEP, 1 + (misses++ >>> MISSES_PER_STEP_BITS));
                continue;
            }
            int length = matchLength(plain, candidate, p, Math.min(DeflateSymbols.MAX_MATCH, end - p));
            // the bytes before may be equal too: they were passed over in a long step or a match
            while (p > literalsFrom
                    && candidate > low
                    && length < DeflateSymbols.MAX_MATCH
                    && plain[p - 1] == plain[candidate - 1]) {
                p--;
                candidate--;
                length++;
            }
            tokens.add(plain, literalsFrom, p, length, p - candidate);
            int after = p + length;
            int from = length <= SHORT_MATCH ? p + 1 : after - 2;
            for (int k = from, to = Math.min(after, limit); k < to; k += 2) {
                seen[hash((long) LONG.get(plain, k) & few)] = k + shift;
            }
            p = after;
            literalsFrom = after;
            misses = 0;
        }
        tokens.finish(plain, literalsFrom, end);
    }

    private static int hash(long few) {
        return (int) (few * HASH_FACTOR >>> Long.SIZE - HASH_BITS);
    }

    /** How many bytes are equal, {@link #MIN_MATCH} being so already. */
    private static int matchLength(byte[] plain, int candidate, int p, int most) {
        int length = MIN_MATCH;
        while (length + 8 <= most) {
            long difference = (long) LONG.get(plain, p + length) ^ (long) LONG.get(plain, candidate + length);
            if (difference != 0) {
                return length + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            length += 8;
        }
        while (length < most && plain[p + length] == plain[candidate + length]) {
            length++;
        }
        return length;
    }
}
