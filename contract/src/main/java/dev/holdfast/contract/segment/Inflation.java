package dev.holdfast.contract.segment;

import java.lang.invoke.VarHandle;

/**
 * Inflates one segment and walks over its blocks in the same pass. It judges in one direction only: what it accepts is a
 * segment of exactly that many plain bytes; what it does not accept may still be one, and {@link SegmentCheck} then asks
 * zlib. It can stop at the symbols of the first block and go on later, so that {@link LiteralRuns} can read two segments
 * at once. One instance belongs to one thread.
 */
final class Inflation {
    /** Bytes that must be writable behind the plain bytes; they may be overwritten. */
    static final int SLACK = DeflateSymbols.MAX_MATCH + 16;

    private static final VarHandle LONG = BitWriter.LONG;
    private static final int COPIED_AT_ONCE = 8;

    private final DynamicCodes dynamic = new DynamicCodes();
    private final DecodeTable fixedLiterals = DecodeTable.ofLiterals();
    private final DecodeTable fixedDistances = DecodeTable.ofDistances();

    // where it is: the next bit and the next plain byte. The loop over literals takes them into locals while it runs
    byte[] source;
    int position;
    int limit;
    byte[] target;
    int written;
    int plainLength;
    DecodeTable literals;
    private DecodeTable distances;
    private boolean ended;

    Inflation() {
        byte[] literalLengths = DeflateSymbols.fixedLiteralLengths();
        byte[] distanceLengths = DeflateSymbols.fixedDistanceLengths();
        fixedLiterals.build(literalLengths, 0, literalLengths.length);
        fixedDistances.build(distanceLengths, 0, distanceLengths.length);
    }

    /**
     * Begins the segment in the first {@code length} bytes of {@code segment}, behind which {@link BlockWalk#PADDING} more
     * must be readable, up to the first symbols that are coded.
     *
     * @param plain receives {@code plain} bytes; {@link #SLACK} more must be writable
     * @return false if it is not accepted
     * @throws BadSegment if it is not accepted either
     */
    boolean begin(byte[] segment, int length, byte[] plain, int plainBytes) {
        source = segment;
        position = 0;
        limit = length * 8;
        target = plain;
        written = 0;
        plainLength = plainBytes;
        return toSymbols();
    }

    /** Whether it stands in the symbols of a block. */
    boolean isInSymbols() {
        return literals != null;
    }

    /** Goes on to the end; answers whether the segment is accepted. May throw {@link BadSegment} if it is not. */
    boolean finish() {
        while (literals != null) {
            if (!symbols(false) || !toSymbols()) {
                return false;
            }
        }
        return position == limit && written == plainLength;
    }

    /**
     * Goes on behind the next match, or to the symbols of the next block, or to the end; false if it is not accepted.
     * May throw {@link BadSegment} if it is not.
     */
    boolean passMatch() {
        ended = false;
        return symbols(true) && (!ended || toSymbols());
    }

    /** Takes in stored blocks until it stands in symbols or at the end. */
    private boolean toSymbols() {
        literals = null;
        while (position < limit) {
            int header = (int) bits() & 7;
            position += 3;
            switch (header) {
                case DeflateSymbols.STORED << 1 -> {
                    if (!stored()) {
                        return false;
                    }
                }
                case DeflateSymbols.FIXED << 1 -> {
                    literals = fixedLiterals;
                    distances = fixedDistances;
                    return true;
                }
                case DeflateSymbols.DYNAMIC << 1 -> {
                    position = dynamic.read(source, position, limit);
                    literals = dynamic.literals();
                    distances = dynamic.distances();
                    return true;
                }
                default -> {
                    // a final block, or one of unknown type
                    return false;
                }
            }
        }
        return true;
    }

    private boolean stored() {
        int at = position + 7 >>> 3;
        if (at + 4 > limit >>> 3) {
            return false;
        }
        int header = (int) (long) LONG.get(source, at);
        int length = header & 0xffff;
        at += 4;
        if (length != (~header >>> 16) || length > (limit >>> 3) - at || length > plainLength - written) {
            return false;
        }
        System.arraycopy(source, at, target, written, length);
        written += length;
        position = at + length << 3;
        return true;
    }

    /**
     * Takes in the symbols of one block, or of a part of it that ends with a match. One read of 8 bytes gives at least 57 bits: a length and a distance with their
     * extra bits have 48 at most, three literals of the first table 33.
     */
    private boolean symbols(boolean oneMatch) {
        byte[] in = source;
        byte[] out = target;
        int[] codes = literals.entries();
        int[] distanceCodes = distances.entries();
        int distanceMask = distances.mask();
        int mask = literals.mask();
        int end = limit;
        int plainEnd = plainLength;
        int at = position;
        int to = written;
        while (true) {
            if (at > end || to > plainEnd) {
                return false;
            }
            long bits = (long) LONG.get(in, at >>> 3) >>> (at & 7);
            int entry = codes[(int) bits & mask];
            if ((entry & DecodeTable.LITERAL) != 0) {
                int used = entry & DecodeTable.BITS_MASK;
                out[to++] = (byte) (entry >>> DecodeTable.BASE_SHIFT);
                entry = codes[(int) (bits >>> used) & mask];
                if ((entry & DecodeTable.LITERAL) != 0) {
                    used += entry & DecodeTable.BITS_MASK;
                    out[to++] = (byte) (entry >>> DecodeTable.BASE_SHIFT);
                    entry = codes[(int) (bits >>> used) & mask];
                    if ((entry & DecodeTable.LITERAL) != 0) {
                        used += entry & DecodeTable.BITS_MASK;
                        out[to++] = (byte) (entry >>> DecodeTable.BASE_SHIFT);
                    }
                }
                at += used;
                continue;
            }
            if ((entry & DecodeTable.CONTINUED) != 0) {
                entry = second(codes, entry, bits, DecodeTable.LITERAL_INDEX_BITS);
            }
            int codeBits = entry & DecodeTable.BITS_MASK;
            at += codeBits;
            if ((entry & DecodeTable.END) != 0) {
                position = at;
                written = to;
                ended = true;
                return at <= end && to <= plainEnd;
            }
            if ((entry & DecodeTable.LITERAL) != 0) {
                out[to++] = (byte) (entry >>> DecodeTable.BASE_SHIFT);
                continue;
            }
            int extraBits = entry >>> DecodeTable.EXTRA_SHIFT & DecodeTable.EXTRA_MASK;
            bits >>>= codeBits;
            int length = (entry >>> DecodeTable.BASE_SHIFT) + ((int) bits & (1 << extraBits) - 1);
            bits >>>= extraBits;
            at += extraBits;
            int distanceEntry = distanceCodes[(int) bits & distanceMask];
            if ((distanceEntry & DecodeTable.CONTINUED) != 0) {
                distanceEntry = second(distanceCodes, distanceEntry, bits, distances.indexBits());
            }
            if (entry == 0 || distanceEntry == 0) {
                return false;
            }
            codeBits = distanceEntry & DecodeTable.BITS_MASK;
            extraBits = distanceEntry >>> DecodeTable.EXTRA_SHIFT & DecodeTable.EXTRA_MASK;
            int distance =
                    (distanceEntry >>> DecodeTable.BASE_SHIFT) + ((int) (bits >>> codeBits) & (1 << extraBits) - 1);
            at += codeBits + extraBits;
            if (distance > to || length > plainEnd - to) {
                return false;
            }
            copy(out, to, distance, length);
            to += length;
            if (oneMatch) {
                position = at;
                written = to;
                return at <= end;
            }
        }
    }

    private static int second(int[] codes, int entry, long bits, int indexBits) {
        int index = (int) (bits >>> indexBits) & (1 << (entry & DecodeTable.BITS_MASK)) - 1;
        return codes[(entry >>> DecodeTable.BASE_SHIFT) + index];
    }

    /** Repeats bytes that were written before; may write up to 7 bytes more than it should. */
    private static void copy(byte[] out, int to, int distance, int length) {
        int end = to + length;
        int from = to - distance;
        int at = to;
        if (distance >= COPIED_AT_ONCE) {
            do {
                LONG.set(out, at, (long) LONG.get(out, from));
                at += COPIED_AT_ONCE;
                from += COPIED_AT_ONCE;
            } while (at < end);
        } else {
            while (at < end) {
                out[at++] = out[from++];
            }
        }
    }

    private long bits() {
        return (long) LONG.get(source, position >>> 3) >>> (position & 7);
    }
}
