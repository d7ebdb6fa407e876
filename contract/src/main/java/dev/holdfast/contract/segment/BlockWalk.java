package dev.holdfast.contract.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the deflate blocks of a segment without writing a byte of what they hold, to see what an inflater does not
 * tell: whether one of them is marked final, and on which bit the last one ends. Refuses all that zlib refuses.
 */
final class BlockWalk {
    /** Bytes that must be readable behind the segment; their values do not matter. */
    static final int PADDING = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final DecodeTable fixedLiterals = DecodeTable.ofLiterals();
    private final DecodeTable fixedDistances = DecodeTable.ofDistances();
    private final DynamicCodes dynamic = new DynamicCodes();

    private byte[] bytes;
    private int limit;
    private int position;
    private long plain;

    BlockWalk() {
        byte[] literalLengths = DeflateSymbols.fixedLiteralLengths();
        byte[] distanceLengths = DeflateSymbols.fixedDistanceLengths();
        fixedLiterals.build(literalLengths, 0, literalLengths.length);
        fixedDistances.build(distanceLengths, 0, distanceLengths.length);
    }

    /**
     * Walks over the blocks in the first {@code length} bytes of {@code segment}, behind which {@link #PADDING} more
     * must be readable.
     *
     * @return plain bytes that the blocks hold
     * @throws BadSegment if a block is final or malformed, or the last one does not end with the last bit
     */
    long walk(byte[] segment, int length) {
        bytes = segment;
        limit = length * 8;
        position = 0;
        plain = 0;
        while (position < limit) {
            int header = (int) bits();
            if ((header & 1) != 0) {
                throw new BadSegment("the segment has a final block");
            }
            position += 3;
            switch (header >>> 1 & 3) {
                case DeflateSymbols.STORED -> stored();
                case DeflateSymbols.FIXED -> coded(fixedLiterals, fixedDistances);
                case DeflateSymbols.DYNAMIC -> {
                    position = dynamic.read(segment, position, limit);
                    coded(dynamic.literals(), dynamic.distances());
                }
                default -> throw new BadSegment("the segment has a block of unknown type");
            }
            requireWithin();
        }
        bytes = null;
        return plain;
    }

    private void stored() {
        position = position + 7 & ~7;
        requireWithin();
        int header = (int) bits();
        int stored = header & 0xffff;
        if (stored != (~header >>> 16)) {
            throw new BadSegment("the segment has a stored block whose length is damaged");
        }
        // in long: the position of a malicious length could wrap
        long end = position + 32L + stored * 8L;
        if (end > limit) {
            throw cutOff();
        }
        position = (int) end;
        plain += stored;
    }

    /**
     * Walks over the symbols of one block. One read of 8 bytes gives at least 57 bits, enough for a length and a
     * distance with their extra bits (48 at most), or for three literals of the first table.
     */
    private void coded(DecodeTable literalTable, DecodeTable distanceTable) {
        byte[] source = bytes;
        int[] codes = literalTable.entries();
        int mask = literalTable.mask();
        int end = limit;
        int at = position;
        long count = plain;
        while (true) {
            if (at > end) {
                throw cutOff();
            }
            long bits = (long) LONG.get(source, at >>> 3) >>> (at & 7);
            int entry = codes[(int) bits & mask];
            if ((entry & DecodeTable.LITERAL) != 0) {
                // literals come in runs: take up to three before looking at the position again
                int used = entry & DecodeTable.BITS_MASK;
                count++;
                entry = codes[(int) (bits >>> used) & mask];
                if ((entry & DecodeTable.LITERAL) != 0) {
                    used += entry & DecodeTable.BITS_MASK;
                    count++;
                    entry = codes[(int) (bits >>> used) & mask];
                    if ((entry & DecodeTable.LITERAL) != 0) {
                        used += entry & DecodeTable.BITS_MASK;
                        count++;
                    }
                }
                at += used;
                continue;
            }
            if ((entry & DecodeTable.CONTINUED) != 0) {
                int second = (int) (bits >>> literalTable.indexBits()) & (1 << (entry & DecodeTable.BITS_MASK)) - 1;
                entry = codes[(entry >>> DecodeTable.BASE_SHIFT) + second];
            }
            int codeBits = entry & DecodeTable.BITS_MASK;
            at += codeBits;
            if ((entry & (DecodeTable.LITERAL | DecodeTable.END)) != 0) {
                if ((entry & DecodeTable.END) != 0) {
                    break;
                }
                count++;
                continue;
            }
            if (entry == 0) {
                throw badCode();
            }
            bits >>>= codeBits;
            int extraBits = entry >>> DecodeTable.EXTRA_SHIFT & DecodeTable.EXTRA_MASK;
            int length = (entry >>> DecodeTable.BASE_SHIFT) + ((int) bits & (1 << extraBits) - 1);
            at += extraBits;
            bits >>>= extraBits;
            at += distance(distanceTable, bits, count);
            count += length;
        }
        position = at;
        plain = count;
    }

    /** Checks the distance that begins {@code bits}, {@code before} bytes being there; answers how many bits it has. */
    private static int distance(DecodeTable table, long bits, long before) {
        int[] codes = table.entries();
        int entry = codes[(int) bits & table.mask()];
        if ((entry & DecodeTable.CONTINUED) != 0) {
            int second = (int) (bits >>> table.indexBits()) & (1 << (entry & DecodeTable.BITS_MASK)) - 1;
            entry = codes[(entry >>> DecodeTable.BASE_SHIFT) + second];
        }
        if (entry == 0) {
            throw badCode();
        }
        int codeBits = entry & DecodeTable.BITS_MASK;
        int extraBits = entry >>> DecodeTable.EXTRA_SHIFT & DecodeTable.EXTRA_MASK;
        int distance = (entry >>> DecodeTable.BASE_SHIFT) + ((int) (bits >>> codeBits) & (1 << extraBits) - 1);
        if (distance > before) {
            throw new BadSegment("the segment refers to bytes before its start");
        }
        return codeBits + extraBits;
    }

    private long bits() {
        return (long) LONG.get(bytes, position >>> 3) >>> (position & 7);
    }

    private void requireWithin() {
        if (position > limit) {
            throw cutOff();
        }
    }

    static BadSegment cutOff() {
        return new BadSegment("the segment's last block is cut off, or does not end on a byte boundary");
    }

    static BadSegment badCode() {
        return new BadSegment("the segment has a code that stands for nothing");
    }
}
