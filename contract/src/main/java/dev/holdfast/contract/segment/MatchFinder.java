package dev.holdfast.contract.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds repetitions greedily: a hash of the next four bytes names the one place where they may have been before, and
 * the first match found is taken. On database pages, which are mostly compressed already, looking harder costs several
 * times the time for a few percent.
 */
final class MatchFinder {
    static final int MIN_MATCH = 4;

    private static final int HASH_BITS = 15;
    private static final int HASH_FACTOR = 0x9E3779B1;
    // reads of 8 bytes near a match must stay inside the block
    private static final int TAIL = 12;
    // places after which the search takes longer steps where nothing repeats: one byte more for each 32 misses, up to 8
    private static final int MISSES_PER_STEP_BITS = 5;
    private static final int MAX_STEP = 8;
    // inside a match of up to this length every second place is remembered, of a longer one only its end
    private static final int SHORT_MATCH = 32;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = BitWriter.LONG;

    // where a hash was seen last: base + place in the block. The base grows with each block past all that the table
    // holds, so what older blocks left is below it and needs no clearing
    private final int[] table = new int[1 << HASH_BITS];
    private int base = 1;
    private int blockOffset;
    private int blockEnd;

    /** Begins a block, {@code length} bytes from {@code offset}; nothing is remembered of those before it. */
    void begin(int offset, int length) {
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
        int low = blockOffset;
        // what table entries are ahead of places in the array
        int shift = base - low;
        int limit = Math.min(end, blockEnd - TAIL);
        int literalsFrom = start;
        int misses = 0;
        int p = start;
        tokens.clear();
        while (p < limit) {
            int four = (int) INT.get(plain, p);
            int hash = four * HASH_FACTOR >>> 32 - HASH_BITS;
            int candidate = seen[hash] - shift;
            seen[hash] = p + shift;
            if (candidate < low
                    || p - candidate > DeflateSymbols.MAX_DISTANCE
                    || (int) INT.get(plain, candidate) != four
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
            int next = p + length;
            int from = length <= SHORT_MATCH ? p + 1 : next - 2;
            for (int k = from, to = Math.min(next, limit); k < to; k += 2) {
                int w = (int) INT.get(plain, k);
                seen[w * HASH_FACTOR >>> 32 - HASH_BITS] = k + shift;
            }
            p = next;
            literalsFrom = next;
            misses = 0;
        }
        tokens.finish(plain, literalsFrom, end);
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
