package dev.holdfast.contract.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stretch of a block as runs of literals, each but the last followed by a match, and how often each deflate symbol
 * occurs in it. Literals are not copied: a run is a count of bytes of the stretch.
 */
final class Tokens {
    static final int LENGTH_BITS = 9;
    static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    final int[] literalRuns;
    // distance << LENGTH_BITS | length
    final int[] matches;
    final int[] literalFrequency = new int[DeflateSymbols.LITERALS_AND_LENGTHS];
    final int[] distanceFrequency = new int[DeflateSymbols.DISTANCES];
    int count;
    int lastRun;

    // four counts, because adding to one twice in a row waits for the first to be stored
    private final int[] bytes0 = new int[256];
    private final int[] bytes1 = new int[256];
    private final int[] bytes2 = new int[256];
    private final int[] bytes3 = new int[256];

    /** Room for a stretch of {@code maxStretch} bytes, matches having {@link MatchFinder#MIN_MATCH} or more. */
    Tokens(int maxStretch) {
        literalRuns = new int[maxStretch / MatchFinder.MIN_MATCH + 1];
        matches = new int[literalRuns.length];
    }

    void clear() {
        count = 0;
        Arrays.fill(literalFrequency, 0);
        Arrays.fill(distanceFrequency, 0);
    }

    /** Describes a stretch as literals alone. */
    void literalsOnly(byte[] plain, int from, int to) {
        clear();
        finish(plain, from, to);
    }

    /** Adds the literals in {@code plain} from {@code from} to {@code to}, and a match after them. */
    void add(byte[] plain, int from, int to, int length, int distance) {
        countLiterals(plain, from, to);
        literalRuns[count] = to - from;
        matches[count++] = distance << LENGTH_BITS | length;
        literalFrequency[DeflateSymbols.FIRST_LENGTH + DeflateSymbols.lengthSymbol(length)]++;
        distanceFrequency[DeflateSymbols.distanceSymbol(distance)]++;
    }

    /** Adds the last literals and the end of the block, and sums up. */
    void finish(byte[] plain, int from, int to) {
        countLiterals(plain, from, to);
        lastRun = to - from;
        literalFrequency[DeflateSymbols.END_OF_BLOCK]++;
        for (int i = 0; i < 256; i++) {
            literalFrequency[i] = bytes0[i] + bytes1[i] + bytes2[i] + bytes3[i];
        }
        Arrays.fill(bytes0, 0);
        Arrays.fill(bytes1, 0);
        Arrays.fill(bytes2, 0);
        Arrays.fill(bytes3, 0);
    }

    /** Extra bits of all lengths and distances, which no code can save. */
    long extraBits() {
        long bits = 0;
        for (int i = DeflateSymbols.FIRST_LENGTH; i < DeflateSymbols.LITERALS_AND_LENGTHS; i++) {
            bits += (long) literalFrequency[i] * DeflateSymbols.lengthExtra(i - DeflateSymbols.FIRST_LENGTH);
        }
        for (int i = 0; i < DeflateSymbols.DISTANCES; i++) {
            bits += (long) distanceFrequency[i] * DeflateSymbols.distanceExtra(i);
        }
        return bits;
    }

    private void countLiterals(byte[] plain, int from, int to) {
        int i = from;
        for (; i + 4 <= to; i += 4) {
            int four = (int) INT.get(plain, i);
            bytes0[four & 255]++;
            bytes1[four >>> 8 & 255]++;
            bytes2[four >>> 16 & 255]++;
            bytes3[four >>> 24]++;
        }
        for (; i < to; i++) {
            bytes0[plain[i] & 255]++;
        }
    }
}
