package dev.holdfast.contract.segment;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The two codes of a dynamic block, as its header describes them (RFC 1951 section 3.2.7). Belongs to one thread. */
final class DynamicCodes {
    private static final VarHandle LONG = BitWriter.LONG;

    private final DecodeTable literals = DecodeTable.ofLiterals();
    private final DecodeTable distances = DecodeTable.ofDistances();
    private final DecodeTable codeLengths = DecodeTable.ofCodeLengths();
    private final byte[] lengths = new byte[DeflateSymbols.LITERALS_AND_LENGTHS + DeflateSymbols.DISTANCES + 2];

    private byte[] bytes;
    private int position;
    private int limit;

    /** Literals and lengths of the last header read. */
    DecodeTable literals() {
        return literals;
    }

    /** Distances of the last header read. */
    DecodeTable distances() {
        return distances;
    }

    /**
     * Reads the header from bit {@code from} on, which must end at bit {@code end} or before. Behind {@code end},
     * {@link BlockWalk#PADDING} more bytes must be readable.
     *
     * @return the bit behind it
     * @throws BadSegment if it is malformed or cut off
     */
    int read(byte[] segment, int from, int end) {
        bytes = segment;
        position = from;
        limit = end;
        readCodes();
        bytes = null;
        return position;
    }

    private void readCodes() {
        long bits = bits();
        int literalCount = (int) (bits & 31) + DeflateSymbols.FIRST_LENGTH;
        int distanceCount = (int) (bits >>> 5 & 31) + 1;
        int codeLengthCount = (int) (bits >>> 10 & 15) + 4;
        position += 14;
        if (literalCount > DeflateSymbols.LITERALS_AND_LENGTHS || distanceCount > DeflateSymbols.DISTANCES) {
            throw new BadSegment("the segment has a block with too many length or distance codes");
        }
        Arrays.fill(lengths, 0, DeflateSymbols.CODE_LENGTHS, (byte) 0);
        for (int i = 0; i < codeLengthCount; i++) {
            requireWithin();
            lengths[DeflateSymbols.codeLengthOrder(i)] = (byte) (bits() & 7);
            position += 3;
        }
        codeLengths.build(lengths, 0, DeflateSymbols.CODE_LENGTHS);
        readLengths(literalCount + distanceCount);
        if (lengths[DeflateSymbols.END_OF_BLOCK] == 0) {
            throw new BadSegment("the segment has a block without a code for its end");
        }
        literals.build(lengths, 0, literalCount);
        distances.build(lengths, literalCount, distanceCount);
    }

    private void readLengths(int count) {
        int[] table = codeLengths.entries();
        int i = 0;
        while (i < count) {
            requireWithin();
            long bits = bits();
            int entry = table[(int) bits & codeLengths.mask()];
            if (entry == 0) {
                throw BlockWalk.badCode();
            }
            int symbol = entry >>> DecodeTable.BASE_SHIFT;
            int codeBits = entry & DecodeTable.BITS_MASK;
            int extraBits = DeflateSymbols.codeLengthExtra(symbol);
            int extra = (int) (bits >>> codeBits) & (1 << extraBits) - 1;
            position += codeBits + extraBits;
            if (symbol < DeflateSymbols.REPEAT_PREVIOUS) {
                lengths[i++] = (byte) symbol;
                continue;
            }
            if (symbol == DeflateSymbols.REPEAT_PREVIOUS && i == 0) {
                throw new BadSegment("the segment has a block that repeats a code length before the first");
            }
            int repeat = extra + (symbol == DeflateSymbols.REPEAT_ZERO_LONG ? 11 : 3);
            if (repeat > count - i) {
                throw new BadSegment("the segment has a block with too many code lengths");
            }
            byte length = symbol == DeflateSymbols.REPEAT_PREVIOUS ? lengths[i - 1] : 0;
            Arrays.fill(lengths, i, i + repeat, length);
            i += repeat;
        }
    }

    private long bits() {
        return (long) LONG.get(bytes, position >>> 3) >>> (position & 7);
    }

    private void requireWithin() {
        if (position > limit) {
            throw BlockWalk.cutOff();
        }
    }
}
