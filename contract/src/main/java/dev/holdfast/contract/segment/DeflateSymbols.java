package dev.holdfast.contract.segment;

import java.util.Arrays;

/**
 * The alphabets of deflate, RFC 1951 sections 3.2.5 to 3.2.7: what each length and distance symbol stands for, and the
 * code lengths of the fixed codes. Shared by the encoder and the check, so read-only.
 */
final class DeflateSymbols {
    /** Block types as the two bits after the final bit (RFC 1951 section 3.2.3). */
    static final int STORED = 0;

    static final int FIXED = 1;
    static final int DYNAMIC = 2;

    /** Most bytes of one stored block: its length field has 16 bits. */
    static final int MAX_STORED = 65_535;

    /** Bytes of a stored block's header when it begins on a byte boundary. */
    static final int STORED_HEADER = 5;

    static final int MAX_DISTANCE = 32_768;
    static final int MAX_MATCH = 258;

    /** Symbols 0-255 are literals, this ends a block, those after it are lengths. */
    static final int END_OF_BLOCK = 256;

    static final int FIRST_LENGTH = 257;

    /** Literal and length symbols that may occur; 286 and 287 take part in the fixed code but stand for nothing. */
    static final int LITERALS_AND_LENGTHS = 286;

    static final int DISTANCES = 30;
    static final int CODE_LENGTHS = 19;

    static final int MAX_CODE_BITS = 15;
    static final int MAX_CODE_LENGTH_BITS = 7;

    /** In a list of code lengths: repeat the one before 3-6 times, or zero 3-10 or 11-138 times. */
    static final int REPEAT_PREVIOUS = 16;

    static final int REPEAT_ZERO = 17;
    static final int REPEAT_ZERO_LONG = 18;

    private static final int[] LENGTH_BASE = new int[29];
    private static final int[] LENGTH_EXTRA = new int[29];
    private static final int[] DISTANCE_BASE = new int[DISTANCES];
    private static final int[] DISTANCE_EXTRA = new int[DISTANCES];
    private static final byte[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    // symbol of a match length, less FIRST_LENGTH
    private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH + 1];
    // symbol of distance d is at d - 1 up to 256, then at 256 + ((d - 1) >> 7): far symbols span multiples of 128
    private static final byte[] DISTANCE_SYMBOL = new byte[512];

    static {
        int length = 3;
        for (int i = 0; i < 28; i++) {
            LENGTH_EXTRA[i] = i < 8 ? 0 : (i - 4) / 4;
            LENGTH_BASE[i] = length;
            int span = 1 << LENGTH_EXTRA[i];
            Arrays.fill(LENGTH_SYMBOL, length, Math.min(length + span, MAX_MATCH + 1), (byte) i);
            length += span;
        }
        // the longest match has a symbol of its own, although symbol 284 could say it too
        LENGTH_BASE[28] = MAX_MATCH;
        LENGTH_SYMBOL[MAX_MATCH] = 28;
        int distance = 1;
        for (int i = 0; i < DISTANCES; i++) {
            DISTANCE_EXTRA[i] = i < 4 ? 0 : (i - 2) / 2;
            DISTANCE_BASE[i] = distance;
            int end = distance + (1 << DISTANCE_EXTRA[i]);
            for (int d = distance - 1; d < end - 1; d++) {
                DISTANCE_SYMBOL[d < 256 ? d : 256 + (d >> 7)] = (byte) i;
            }
            distance = end;
        }
    }

    private DeflateSymbols() {}

    /** Symbol of a match of 3 to 258 bytes, less {@link #FIRST_LENGTH}. */
    static int lengthSymbol(int length) {
        return LENGTH_SYMBOL[length];
    }

    /** Shortest match that length symbol {@code FIRST_LENGTH + index} stands for. */
    static int lengthBase(int index) {
        return LENGTH_BASE[index];
    }

    /** Extra bits after that symbol. */
    static int lengthExtra(int index) {
        return LENGTH_EXTRA[index];
    }

    /** Symbol of a distance of 1 to 32768. */
    static int distanceSymbol(int distance) {
        int d = distance - 1;
        return DISTANCE_SYMBOL[d < 256 ? d : 256 + (d >> 7)];
    }

    /** Shortest distance that a symbol stands for. */
    static int distanceBase(int symbol) {
        return DISTANCE_BASE[symbol];
    }

    /** Extra bits after that symbol. */
    static int distanceExtra(int symbol) {
        return DISTANCE_EXTRA[symbol];
    }

    /** Which code length symbol has the {@code i}-th length in a dynamic header. */
    static int codeLengthOrder(int i) {
        return CODE_LENGTH_ORDER[i];
    }

    /** Extra bits after a code length symbol. */
    static int codeLengthExtra(int symbol) {
        return switch (symbol) {
            case REPEAT_PREVIOUS -> 2;
            case REPEAT_ZERO -> 3;
            case REPEAT_ZERO_LONG -> 7;
            default -> 0;
        };
    }

    /** Code lengths of the fixed literal and length code. */
    static byte[] fixedLiteralLengths() {
        byte[] lengths = new byte[288];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (byte) (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        }
        return lengths;
    }

    /** Code lengths of the fixed distance code. */
    static byte[] fixedDistanceLengths() {
        byte[] lengths = new byte[32];
        Arrays.fill(lengths, (byte) 5);
        return lengths;
    }
}
