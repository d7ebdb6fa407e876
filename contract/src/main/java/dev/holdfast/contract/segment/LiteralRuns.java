package dev.holdfast.contract.segment;

import java.lang.invoke.VarHandle;

/**
 * Reads runs of literals of two segments at once. Where a code ends, the next one begins, so one core waits for each
 * lookup before it can begin the next; with two segments it has another lookup to do meanwhile, and is nearly twice as
 * fast.
 */
final class LiteralRuns {
    private static final VarHandle LONG = BitWriter.LONG;
    private static final int AT_ONCE = 5;
    // where matches lie closer together than this, each segment is read faster alone
    private static final int WORTHWHILE = 100;

    private LiteralRuns() {}

    /**
     * Reads both as far as they have long runs of literals; what is left is to be finished one by one.
     *
     * @return false if one of them is not accepted
     * @throws BadSegment if one of them is not accepted either
     */
    static boolean readLong(Inflation a, Inflation b) {
        int from;
        do {
            from = a.written;
            read(a, b);
            if (a.written - from < WORTHWHILE) {
                return true;
            }
            if (!a.passMatch() || !b.passMatch()) {
                return false;
            }
        } while (a.isInSymbols() && b.isInSymbols());
        return true;
    }

    /**
     * Moves both on as far as they have nothing but literals with codes of the first table. Both must stand in symbols,
     * and do so afterwards.
     */
    static void read(Inflation a, Inflation b) {
        int[] codesA = a.literals.entries();
        int[] codesB = b.literals.entries();
        int mask = (1 << DecodeTable.LITERAL_INDEX_BITS) - 1;
        byte[] inA = a.source;
        byte[] inB = b.source;
        byte[] outA = a.target;
        byte[] outB = b.target;
        int atA = a.position;
        int atB = b.position;
        int toA = a.written;
        int toB = b.written;
        // whole rounds only: what is left is read one by one, with a look at both ends after each
        int endA = a.limit - AT_ONCE * DecodeTable.LITERAL_INDEX_BITS;
        int endB = b.limit - AT_ONCE * DecodeTable.LITERAL_INDEX_BITS;
        int plainEndA = a.plainLength - AT_ONCE;
        int plainEndB = b.plainLength - AT_ONCE;
        while (atA <= endA && atB <= endB && toA <= plainEndA && toB <= plainEndB) {
            long x = (long) LONG.get(inA, atA >>> 3) >>> (atA & 7);
            long y = (long) LONG.get(inB, atB >>> 3) >>> (atB & 7);
            int a0 = codesA[(int) x & mask];
            int b0 = codesB[(int) y & mask];
            x >>>= a0;
            y >>>= b0;
            int a1 = codesA[(int) x & mask];
            int b1 = codesB[(int) y & mask];
            x >>>= a1;
            y >>>= b1;
            int a2 = codesA[(int) x & mask];
            int b2 = codesB[(int) y & mask];
            x >>>= a2;
            y >>>= b2;
            int a3 = codesA[(int) x & mask];
            int b3 = codesB[(int) y & mask];
            x >>>= a3;
            y >>>= b3;
            int a4 = codesA[(int) x & mask];
            int b4 = codesB[(int) y & mask];
            if ((a0 & a1 & a2 & a3 & a4 & b0 & b1 & b2 & b3 & b4 & DecodeTable.LITERAL) == 0) {
                break;
            }
            LONG.set(outA, toA, word(a0, a1, a2, a3, a4));
            LONG.set(outB, toB, word(b0, b1, b2, b3, b4));
            atA += (a0 & DecodeTable.BITS_MASK)
                    + (a1 & DecodeTable.BITS_MASK)
                    + (a2 & DecodeTable.BITS_MASK)
                    + (a3 & DecodeTable.BITS_MASK)
                    + (a4 & DecodeTable.BITS_MASK);
            atB += (b0 & DecodeTable.BITS_MASK)
                    + (b1 & DecodeTable.BITS_MASK)
                    + (b2 & DecodeTable.BITS_MASK)
                    + (b3 & DecodeTable.BITS_MASK)
                    + (b4 & DecodeTable.BITS_MASK);
            toA += AT_ONCE;
            toB += AT_ONCE;
        }
        a.position = atA;
        a.written = toA;
        b.position = atB;
        b.written = toB;
    }

    /** Five bytes, the first one lowest. */
    private static long word(int e0, int e1, int e2, int e3, int e4) {
        int low = e0 >>> 16 | e1 >>> 16 << 8 | e2 >>> 16 << 16 | e3 >>> 16 << 24;
        return low & 0xffff_ffffL | (long) (e4 >>> 16) << 32;
    }
}
