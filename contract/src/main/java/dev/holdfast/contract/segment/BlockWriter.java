package dev.holdfast.contract.segment;

/** Writes one deflate block from tokens, in whichever of the three forms is shortest. Belongs to one thread. */
final class BlockWriter {
    private static final int TYPE_BITS = 3;

    private static final HuffmanCode FIXED_LITERALS = HuffmanCode.of(DeflateSymbols.fixedLiteralLengths());
    private static final HuffmanCode FIXED_DISTANCES = HuffmanCode.of(DeflateSymbols.fixedDistanceLengths());

    private final HuffmanLengths huffman = new HuffmanLengths();
    private final HuffmanCode literals = new HuffmanCode(DeflateSymbols.LITERALS_AND_LENGTHS);
    private final HuffmanCode distances = new HuffmanCode(DeflateSymbols.DISTANCES);
    private final DynamicHeader header = new DynamicHeader();
    // code and extra bits of each match length, packed as in HuffmanCode
    private final int[] lengthCodes = new int[DeflateSymbols.MAX_MATCH + 1];
    private long dynamicBits;
    private long fixedBits;
    private boolean shortLiterals;

    /**
     * Finds the codes of a block with {@code tokens}.
     *
     * @param literalBits most bits of a code of literals and lengths
     * @return bits that it takes in the shorter of the two coded forms
     */
    long prepare(Tokens tokens, int literalBits) {
        int[] literalFrequency = tokens.literalFrequency;
        int[] distanceFrequency = tokens.distanceFrequency;
        huffman.find(literalFrequency, DeflateSymbols.LITERALS_AND_LENGTHS, literalBits, literals.lengths);
        shortLiterals = literalBits <= DecodeTable.LITERAL_INDEX_BITS;
        huffman.find(distanceFrequency, DeflateSymbols.DISTANCES, DeflateSymbols.MAX_CODE_BITS, distances.lengths);
        dynamicBits = header.prepare(literals, distances, huffman)
                + literals.cost(literalFrequency, DeflateSymbols.LITERALS_AND_LENGTHS)
                + distances.cost(distanceFrequency, DeflateSymbols.DISTANCES);
        fixedBits = FIXED_LITERALS.cost(literalFrequency, DeflateSymbols.LITERALS_AND_LENGTHS)
                + FIXED_DISTANCES.cost(distanceFrequency, DeflateSymbols.DISTANCES);
        return TYPE_BITS + Math.min(dynamicBits, fixedBits) + tokens.extraBits();
    }

    /** Writes the stretch of {@code plain} from {@code start} to {@code end}, for whose {@code tokens} it is prepared. */
    void write(byte[] plain, int start, int end, Tokens tokens, BitWriter out) {
        long codedBits = TYPE_BITS + Math.min(dynamicBits, fixedBits) + tokens.extraBits();
        if (storedBits(end - start, out.bits()) <= codedBits) {
            writeStored(plain, start, end, out);
        } else if (fixedBits <= dynamicBits) {
            out.put(DeflateSymbols.FIXED << 1, TYPE_BITS);
            writeTokens(plain, start, tokens, FIXED_LITERALS, FIXED_DISTANCES, out);
        } else {
            out.put(DeflateSymbols.DYNAMIC << 1, TYPE_BITS);
            header.write(out);
            literals.assign();
            distances.assign();
            int from = start;
            if (tokens.count == 0 && shortLiterals) {
                from = writeShortLiterals(plain, start, end, literals.codes, out);
                tokens.lastRun = end - from;
            }
            writeTokens(plain, from, tokens, literals, distances, out);
        }
    }

    /**
     * Writes literals whose codes have 11 bits at most, five at a time: 55 bits beside the 7 that may be pending. Answers
     * where the last few begin, which are left over.
     */
    private static int writeShortLiterals(byte[] plain, int start, int end, int[] codes, BitWriter out) {
        byte[] bytes = out.bytes;
        int position = out.position;
        long pending = out.pending;
        int count = out.pendingBits;
        int from = start;
        for (; from + 5 <= end; from += 5) {
            int a = codes[plain[from] & 255];
            int b = codes[plain[from + 1] & 255];
            int c = codes[plain[from + 2] & 255];
            int d = codes[plain[from + 3] & 255];
            int e = codes[plain[from + 4] & 255];
            // two and two first: what waits for the count of pending bits is then one long chain less
            long ab = a >>> 5 | (long) (b >>> 5) << (a & 31);
            int abBits = (a & 31) + (b & 31);
            long cd = c >>> 5 | (long) (d >>> 5) << (c & 31);
            int cdBits = (c & 31) + (d & 31);
            long four = ab | cd << abBits;
            int fourBits = abBits + cdBits;
            pending |= (four | (long) (e >>> 5) << fourBits) << count;
            count += fourBits + (e & 31);
            BitWriter.LONG.set(bytes, position, pending);
            position += count >>> 3;
            pending >>>= count & ~7;
            count &= 7;
        }
        out.position = position;
        out.pending = pending;
        out.pendingBits = count;
        return from;
    }

    /** Ends on a byte boundary: an empty stored block if the last block did not happen to. */
    static void alignSegment(BitWriter out) {
        if (!out.isAligned()) {
            out.put(DeflateSymbols.STORED << 1, TYPE_BITS);
            out.align();
            out.put(0xffff_0000, 32);
        }
    }

    private static long storedBits(int length, long at) {
        long aligned = at + TYPE_BITS + 7 & ~7L;
        return aligned - at + 32 + (length + StoredSegment.overhead(length) - DeflateSymbols.STORED_HEADER) * 8L;
    }

    private static void writeStored(byte[] plain, int start, int end, BitWriter out) {
        for (int from = start; from < end; from += DeflateSymbols.MAX_STORED) {
            int length = Math.min(DeflateSymbols.MAX_STORED, end - from);
            out.put(DeflateSymbols.STORED << 1, TYPE_BITS);
            out.align();
            out.put(length | ~length << 16, 32);
            out.putBytes(plain, from, length);
        }
    }

    private void packLengths(int[] codes) {
        for (int length = 3; length <= DeflateSymbols.MAX_MATCH; length++) {
            int index = DeflateSymbols.lengthSymbol(length);
            int packed = codes[DeflateSymbols.FIRST_LENGTH + index];
            int codeBits = packed & HuffmanCode.LENGTH_MASK;
            int value = packed >>> HuffmanCode.LENGTH_BITS | length - DeflateSymbols.lengthBase(index) << codeBits;
            lengthCodes[length] = value << HuffmanCode.LENGTH_BITS | codeBits + DeflateSymbols.lengthExtra(index);
        }
    }

    /**
     * The hot loop. Fewer than 8 bits are pending whenever bytes go out, so 57 more fit: three literals (45), or a
     * length and a distance with their extra bits (48).
     */
    private void writeTokens(
            byte[] plain, int start, Tokens tokens, HuffmanCode literalCode, HuffmanCode distanceCode, BitWriter out) {
        int[] codes = literalCode.codes;
        int[] distanceCodes = distanceCode.codes;
        packLengths(codes);
        byte[] bytes = out.bytes;
        int position = out.position;
        long pending = out.pending;
        int count = out.pendingBits;
        int from = start;
        for (int t = 0; t <= tokens.count; t++) {
            boolean last = t == tokens.count;
            int to = from + (last ? tokens.lastRun : tokens.literalRuns[t]);
            for (; from + 3 <= to; from += 3) {
                int a = codes[plain[from] & 255];
                pending |= (long) (a >>> 5) << count;
                count += a & 31;
                int b = codes[plain[from + 1] & 255];
                pending |= (long) (b >>> 5) << count;
                count += b & 31;
                int c = codes[plain[from + 2] & 255];
                pending |= (long) (c >>> 5) << count;
                count += c & 31;
                BitWriter.LONG.set(bytes, position, pending);
                position += count >>> 3;
                pending >>>= count & ~7;
                count &= 7;
            }
            for (; from < to; from++) {
                int a = codes[plain[from] & 255];
                pending |= (long) (a >>> 5) << count;
                count += a & 31;
            }
            BitWriter.LONG.set(bytes, position, pending);
            position += count >>> 3;
            pending >>>= count & ~7;
            count &= 7;
            int packed =
                    last ? codes[DeflateSymbols.END_OF_BLOCK] : lengthCodes[tokens.matches[t] & Tokens.LENGTH_MASK];
            pending |= (long) (packed >>> 5) << count;
            count += packed & 31;
            if (!last) {
                int distance = tokens.matches[t] >>> Tokens.LENGTH_BITS;
                int symbol = DeflateSymbols.distanceSymbol(distance);
                int code = distanceCodes[symbol];
                pending |= (long) (code >>> 5) << count;
                count += code & 31;
                pending |= (long) (distance - DeflateSymbols.distanceBase(symbol)) << count;
                count += DeflateSymbols.distanceExtra(symbol);
                from += tokens.matches[t] & Tokens.LENGTH_MASK;
            }
            BitWriter.LONG.set(bytes, position, pending);
            position += count >>> 3;
            pending >>>= count & ~7;
            count &= 7;
        }
        out.position = position;
        out.pending = pending;
        out.pendingBits = count;
    }
}
