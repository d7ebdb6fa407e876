package dev.holdfast.contract.segment;

import java.util.Arrays;

/**
 * How many bits each symbol's code should have: Huffman's lengths, found in place as Moffat and Katajainen do ("In-Place
 * Calculation of Minimum-Redundancy Codes", 1995), then bent to a limit. Keeps its scratch; belongs to one thread.
 */
final class HuffmanLengths {
    private static final int SYMBOL_BITS = 10;
    private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

    private final long[] sorted = new long[DeflateSymbols.LITERALS_AND_LENGTHS];
    private final int[] work = new int[DeflateSymbols.LITERALS_AND_LENGTHS];
    private final int[] depth = new int[DeflateSymbols.LITERALS_AND_LENGTHS];

    /**
     * Finds lengths for the first {@code symbols} symbols.
     *
     * @param frequency how often each occurs; their sum stays below 2^31
     * @param limit most bits of a code
     * @param lengths receives the bits of each code: 0 where the frequency is 0, 1 for a symbol that is alone. With two
     *     symbols or more the code is complete, which decoders insist on
     */
    void find(int[] frequency, int symbols, int limit, byte[] lengths) {
        Arrays.fill(lengths, 0, symbols, (byte) 0);
        int used = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (frequency[symbol] > 0) {
                sorted[used++] = (long) frequency[symbol] << SYMBOL_BITS | symbol;
            }
        }
        if (used < 2) {
            if (used == 1) {
                lengths[symbol(0)] = 1;
            }
            return;
        }
        Arrays.sort(sorted, 0, used);
        linkParents(used);
        setDepths(used);
        if (depth[0] > limit) {
            shorten(used, limit);
        }
        for (int i = 0; i < used; i++) {
            lengths[symbol(i)] = (byte) depth[i];
        }
    }

    /** Joins the two lightest nodes until one is left; then {@code work} holds each inner node's parent. */
    private void linkParents(int used) {
        int[] a = work;
        for (int i = 0; i < used; i++) {
            a[i] = (int) (sorted[i] >>> SYMBOL_BITS);
        }
        a[0] += a[1];
        int root = 0;
        int leaf = 2;
        for (int next = 1; next < used - 1; next++) {
            if (leaf >= used || a[root] < a[leaf]) {
                a[next] = a[root];
                a[root++] = next;
            } else {
                a[next] = a[leaf++];
            }
            if (leaf >= used || root < next && a[root] < a[leaf]) {
                a[next] += a[root];
                a[root++] = next;
            } else {
                a[next] += a[leaf++];
            }
        }
    }

    /** Turns parents into depths of inner nodes, and those into depths of leaves, rarest first. */
    private void setDepths(int used) {
        int[] a = work;
        a[used - 2] = 0;
        for (int next = used - 3; next >= 0; next--) {
            a[next] = a[a[next]] + 1;
        }
        int available = 1;
        int inner = 0;
        int level = 0;
        int root = used - 2;
        int next = used - 1;
        while (available > 0) {
            while (root >= 0 && a[root] == level) {
                inner++;
                root--;
            }
            while (available > inner) {
                depth[next--] = level;
                available--;
            }
            available = 2 * inner;
            level++;
            inner = 0;
        }
    }

    /**
     * Cuts codes to {@code limit} bits. That spends more than the whole code space, so the rarest of the shorter codes
     * grow until it suffices; what is left over then goes to the most frequent ones. The code comes out complete: its
     * longest code has {@code b} bits, so what is left is a multiple of that code's share, and less than it, or that
     * code would have been shortened in its turn.
     */
    private void shorten(int used, int limit) {
        int space = 1 << limit;
        int spent = 0;
        for (int i = 0; i < used; i++) {
            depth[i] = Math.min(depth[i], limit);
            spent += 1 << limit - depth[i];
        }
        // depths fall from rare to frequent, so the first one below the limit is the deepest of them
        int i = 0;
        while (spent > space) {
            while (depth[i] >= limit) {
                i++;
            }
            depth[i]++;
            spent -= 1 << limit - depth[i];
        }
        for (int k = used - 1; k >= 0; k--) {
            while (depth[k] > 1 && spent + (1 << limit - depth[k]) <= space) {
                spent += 1 << limit - depth[k];
                depth[k]--;
            }
        }
    }

    private int symbol(int i) {
        return (int) sorted[i] & SYMBOL_MASK;
    }
}
