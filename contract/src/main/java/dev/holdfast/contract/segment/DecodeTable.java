package dev.holdfast.contract.segment;

import java.util.Arrays;

/**
 * A Huffman code as a lookup table: the next bits of the stream are the index, the entry says how many of them are the
 * code and what it stands for. Codes longer than the first table's index have a second table. Built anew for each
 * dynamic block; one instance belongs to one thread.
 *
 * <p>An entry is {@code base << 16 | flag | extra bits << 8 | code bits}; 0 is a code that stands for nothing. The low six
 * bits are the code bits alone, so that Java's shift by an entry drops its code.
 */
final class DecodeTable {
    /** Index of the first table of literals: five such codes fit into one read of 57 bits. */
    static final int LITERAL_INDEX_BITS = 11;

    static final int BITS_MASK = 31;
    static final int EXTRA_SHIFT = 8;
    static final int EXTRA_MASK = 15;
    static final int LITERAL = 1 << 12;
    static final int END = 1 << 13;
    static final int CONTINUED = 1 << 14;
    static final int BASE_SHIFT = 16;

    private static final int[] LITERAL_VALUES = literalValues();
    private static final int[] DISTANCE_VALUES = distanceValues();
    private static final int[] PLAIN_VALUES = plainValues();

    private final int indexBits;
    private final int[] values;
    private final boolean mayBeIncomplete;
    private final int[] entries;
    private final int[] countOfLength = new int[DeflateSymbols.MAX_CODE_BITS + 1];
    private final int[] nextCode = new int[DeflateSymbols.MAX_CODE_BITS + 1];

    private DecodeTable(int indexBits, int maxBits, int[] values, boolean mayBeIncomplete) {
        this.indexBits = indexBits;
        this.values = values;
        this.mayBeIncomplete = mayBeIncomplete;
        // a complete code has at least two long codes behind each entry that continues
        int seconds = values.length / 2 << maxBits - indexBits;
        this.entries = new int[(1 << indexBits) + seconds];
    }

    /** For literals and lengths. */
    static DecodeTable ofLiterals() {
        return new DecodeTable(LITERAL_INDEX_BITS, DeflateSymbols.MAX_CODE_BITS, LITERAL_VALUES, true);
    }

    /** For distances. */
    static DecodeTable ofDistances() {
        return new DecodeTable(8, DeflateSymbols.MAX_CODE_BITS, DISTANCE_VALUES, true);
    }

    /** For the code lengths in a dynamic header. */
    static DecodeTable ofCodeLengths() {
        int bits = DeflateSymbols.MAX_CODE_LENGTH_BITS;
        return new DecodeTable(bits, bits, PLAIN_VALUES, false);
    }

    /** The entries; those up to {@link #mask} are the first table. */
    int[] entries() {
        return entries;
    }

    /** Cuts the index of the first table out of the next bits. */
    int mask() {
        return (1 << indexBits) - 1;
    }

    /** Bits of the first table's index. */
    int indexBits() {
        return indexBits;
    }

    /**
     * Builds the code in which symbol {@code i} has {@code lengths[offset + i]} bits, 0 for none.
     *
     * @throws BadSegment if no such code exists, or it leaves codes unused (as zlib, we let one code of one bit pass)
     */
    void build(byte[] lengths, int offset, int count) {
        int longest = countLengths(lengths, offset, count);
        Arrays.fill(entries, 0, 1 << indexBits, 0);
        int free = 1 << indexBits;
        int secondBits = longest - indexBits;
        for (int symbol = 0; symbol < count; symbol++) {
            int length = lengths[offset + symbol];
            if (length == 0) {
                continue;
            }
            int code = Integer.reverse(nextCode[length]++) >>> 32 - length;
            int entry = values[symbol] == 0 ? 0 : values[symbol] | length;
            if (length <= indexBits) {
                fill(0, code, length, indexBits, entry);
                continue;
            }
            int first = code & mask();
            if (entries[first] == 0) {
                entries[first] = free << BASE_SHIFT | CONTINUED | secondBits;
                free += 1 << secondBits;
            }
            fill(entries[first] >>> BASE_SHIFT, code >>> indexBits, length - indexBits, secondBits, entry);
        }
    }

    private int countLengths(byte[] lengths, int offset, int count) {
        Arrays.fill(countOfLength, 0);
        for (int i = 0; i < count; i++) {
            countOfLength[lengths[offset + i]]++;
        }
        countOfLength[0] = 0;
        int longest = 0;
        int left = 1;
        int code = 0;
        for (int length = 1; length <= DeflateSymbols.MAX_CODE_BITS; length++) {
            left = (left << 1) - countOfLength[length];
            if (left < 0) {
                throw new BadSegment("the segment has a Huffman code with too many codes");
            }
            code = code + countOfLength[length - 1] << 1;
            nextCode[length] = code;
            if (countOfLength[length] > 0) {
                longest = length;
            }
        }
        if (left > 0 && (!mayBeIncomplete || longest > 1)) {
            throw new BadSegment("the segment has an incomplete Huffman code");
        }
        return longest;
    }

    /** Writes {@code entry} wherever the low {@code length} bits of an index of {@code width} bits are the code. */
    private void fill(int start, int code, int length, int width, int entry) {
        for (int i = code; i < 1 << width; i += 1 << length) {
            entries[start + i] = entry;
        }
    }

    private static int[] literalValues() {
        int[] values = new int[288];
        for (int i = 0; i < DeflateSymbols.END_OF_BLOCK; i++) {
            values[i] = i << BASE_SHIFT | LITERAL;
        }
        values[DeflateSymbols.END_OF_BLOCK] = END;
        for (int i = DeflateSymbols.FIRST_LENGTH; i < DeflateSymbols.LITERALS_AND_LENGTHS; i++) {
            int index = i - DeflateSymbols.FIRST_LENGTH;
            values[i] =
                    DeflateSymbols.lengthBase(index) << BASE_SHIFT | DeflateSymbols.lengthExtra(index) << EXTRA_SHIFT;
        }
        return values;
    }

    private static int[] distanceValues() {
        int[] values = new int[32];
        for (int i = 0; i < DeflateSymbols.DISTANCES; i++) {
            values[i] = DeflateSymbols.distanceBase(i) << BASE_SHIFT | DeflateSymbols.distanceExtra(i) << EXTRA_SHIFT;
        }
        return values;
    }

    private static int[] plainValues() {
        int[] values = new int[DeflateSymbols.CODE_LENGTHS];
        for (int i = 0; i < values.length; i++) {
            // a literal flag keeps symbol 0 from looking like a code that stands for nothing
            values[i] = i << BASE_SHIFT | LITERAL;
        }
        return values;
    }
}
