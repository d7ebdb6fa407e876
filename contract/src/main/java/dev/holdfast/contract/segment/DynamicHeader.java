package dev.holdfast.contract.segment;

import java.util.Arrays;

/** What stands before the symbols of a dynamic block: the lengths of its codes, themselves coded (RFC 1951, 3.2.7). */
final class DynamicHeader {
    private static final int MIN_CODE_LENGTHS = 4;
    private static final int COUNT_BITS = 5 + 5 + 4;
    private static final int EXTRA_SHIFT = 8;
    private static final int SYMBOL_MASK = 0xff;

    private final byte[] lengths = new byte[DeflateSymbols.LITERALS_AND_LENGTHS + DeflateSymbols.DISTANCES];
    // symbols of the code length alphabet, each with its extra bits: extra << 8 | symbol
    private final int[] symbols = new int[lengths.length];
    private final int[] frequency = new int[DeflateSymbols.CODE_LENGTHS];
    private final HuffmanCode code = new HuffmanCode(DeflateSymbols.CODE_LENGTHS);
    private int literalCount;
    private int distanceCount;
    private int codeLengthCount;
    private int symbolCount;

    /**
     * Prepares the header of a block with these codes.
     *
     * @return bits it takes, without the block's type
     */
    long prepare(HuffmanCode literals, HuffmanCode distances, HuffmanLengths huffman) {
        literalCount = literals.used(DeflateSymbols.LITERALS_AND_LENGTHS, DeflateSymbols.FIRST_LENGTH);
        distanceCount = distances.used(DeflateSymbols.DISTANCES, 1);
        System.arraycopy(literals.lengths, 0, lengths, 0, literalCount);
        System.arraycopy(distances.lengths, 0, lengths, literalCount, distanceCount);
        listSymbols(literalCount + distanceCount);
        huffman.find(frequency, DeflateSymbols.CODE_LENGTHS, DeflateSymbols.MAX_CODE_LENGTH_BITS, code.lengths);
        codeLengthCount = DeflateSymbols.CODE_LENGTHS;
        while (codeLengthCount > MIN_CODE_LENGTHS
                && code.lengths[DeflateSymbols.codeLengthOrder(codeLengthCount - 1)] == 0) {
            codeLengthCount--;
        }
        long bits = COUNT_BITS + 3L * codeLengthCount + code.cost(frequency, DeflateSymbols.CODE_LENGTHS);
        for (int s = DeflateSymbols.REPEAT_PREVIOUS; s < DeflateSymbols.CODE_LENGTHS; s++) {
            bits += (long) frequency[s] * DeflateSymbols.codeLengthExtra(s);
        }
        return bits;
    }

    /** Writes what was prepared. */
    void write(BitWriter out) {
        code.assign();
        out.put(literalCount - DeflateSymbols.FIRST_LENGTH, 5);
        out.put(distanceCount - 1, 5);
        out.put(codeLengthCount - MIN_CODE_LENGTHS, 4);
        for (int i = 0; i < codeLengthCount; i++) {
            out.put(code.lengths[DeflateSymbols.codeLengthOrder(i)], 3);
        }
        for (int i = 0; i < symbolCount; i++) {
            int symbol = symbols[i] & SYMBOL_MASK;
            int packed = code.codes[symbol];
            out.put(packed >>> HuffmanCode.LENGTH_BITS, packed & HuffmanCode.LENGTH_MASK);
            out.put(symbols[i] >>> EXTRA_SHIFT, DeflateSymbols.codeLengthExtra(symbol));
        }
    }

    private void listSymbols(int count) {
        Arrays.fill(frequency, 0);
        symbolCount = 0;
        for (int i = 0; i < count; ) {
            int length = lengths[i];
            int run = 1;
            while (i + run < count && lengths[i + run] == length) {
                run++;
            }
            i += run;
            if (length == 0) {
                run = repeatZero(run);
            } else {
                add(length, 0);
                run = repeatPrevious(run - 1);
            }
            for (; run > 0; run--) {
                add(length, 0);
            }
        }
    }

    private int repeatZero(int run) {
        int left = run;
        while (left >= 3) {
            int n = Math.min(left, 138);
            if (n <= 10) {
                add(DeflateSymbols.REPEAT_ZERO, n - 3);
            } else {
                add(DeflateSymbols.REPEAT_ZERO_LONG, n - 11);
            }
            left -= n;
        }
        return left;
    }

    private int repeatPrevious(int run) {
        int left = run;
        while (left >= 3) {
            int n = Math.min(left, 6);
            add(DeflateSymbols.REPEAT_PREVIOUS, n - 3);
            left -= n;
        }
        return left;
    }

    private void add(int symbol, int extra) {
        symbols[symbolCount++] = extra << EXTRA_SHIFT | symbol;
        frequency[symbol]++;
    }
}
