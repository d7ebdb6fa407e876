package dev.holdfast.contract.segment;

import java.util.Arrays;

/**
 * A code ready to be written: for each symbol its bits, reversed because deflate sends codes from their highest bit
 * (RFC 1951 section 3.1.1), packed as {@code bits << 5 | length}.
 */
final class HuffmanCode {
    static final int LENGTH_BITS = 5;
    static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    final byte[] lengths;
    final int[] codes;
    private final int[] countOfLength = new int[DeflateSymbols.MAX_CODE_BITS + 1];
    private final int[] nextCode = new int[DeflateSymbols.MAX_CODE_BITS + 1];

    /** A code of so many symbols, none of which has bits yet. */
    HuffmanCode(int symbols) {
        this.lengths = new byte[symbols];
        this.codes = new int[symbols];
    }

    /** A code with these lengths. */
    static HuffmanCode of(byte[] lengths) {
        HuffmanCode code = new HuffmanCode(lengths.length);
        System.arraycopy(lengths, 0, code.lengths, 0, lengths.length);
        code.assign();
        return code;
    }

    /** Gives each symbol the canonical code of its length (RFC 1951 section 3.2.2). */
    void assign() {
        Arrays.fill(countOfLength, 0);
        for (byte length : lengths) {
            countOfLength[length]++;
        }
        countOfLength[0] = 0;
        int next = 0;
        for (int length = 1; length <= DeflateSymbols.MAX_CODE_BITS; length++) {
            next = next + countOfLength[length - 1] << 1;
            nextCode[length] = next;
        }
        for (int i = 0; i < lengths.length; i++) {
            int length = lengths[i];
            codes[i] = length == 0 ? 0 : Integer.reverse(nextCode[length]++) >>> 32 - length << LENGTH_BITS | length;
        }
    }

    /** Bits of all symbols together when each occurs {@code frequency} times; codes only, no extra bits. */
    long cost(int[] frequency, int symbols) {
        long bits = 0;
        for (int i = 0; i < symbols; i++) {
            bits += (long) frequency[i] * lengths[i];
        }
        return bits;
    }

    /** One more than the last symbol with a code, at least {@code floor}. */
    int used(int symbols, int floor) {
        int n = symbols;
        while (n > floor && lengths[n - 1] == 0) {
            n--;
        }
        return n;
    }
}
