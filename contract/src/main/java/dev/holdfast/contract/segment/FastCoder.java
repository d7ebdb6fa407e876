package dev.holdfast.contract.segment;

/**
 * Greedy LZ77 with a code of its own for each stretch of two stored blocks' length; a Huffman code alone where that is
 * nearly as good.
 *
 * <p>WiredTiger compresses its pages with snappy, which has taken out most repetitions already. Of such a stretch a
 * Huffman code saves about an eighth, and searching for matches would save 1 % more for several times the time, here and
 * again wherever the segment is inflated. Where such a stretch has long repetitions only those are looked for.
 */
final class FastCoder implements SegmentCoder {
    // long enough that a code's header hardly counts, and a multiple of what a stored block holds
    private static final int STRETCH = 2 * DeflateSymbols.MAX_STORED;
    // what the last alignment may add to a sum of blocks none of which is longer than its stored form
    private static final int ALIGNMENT = 6;
    // percent of the plain bits from which on a Huffman code alone is taken: below it matches save more than they cost
    private static final int DENSE_PERCENT = 80;

    // of bytes that are dense, a short match costs about as many bits as its literals
    private static final int DENSE_MATCH = 6;
    // the check reads five codes of this length at once; the limit costs a tenth of a percent
    private static final int SHORT_CODE = DecodeTable.LITERAL_INDEX_BITS;

    private final MatchFinder finder = new MatchFinder();
    private final LongRepeats repeats = new LongRepeats();
    private final Tokens tokens = new Tokens(STRETCH);
    private final BlockWriter blocks = new BlockWriter();
    private final BitWriter out = new BitWriter();

    @Override
    public int encode(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        int stored = length + StoredSegment.overhead(length);
        out.begin(stored + ALIGNMENT);
        int end = offset + length;
        // a match may reach into the stretch before, so it is all or none
        boolean dense = isDense(plain, offset, end);
        boolean literalsOnly = dense && !repeats.areIn(plain, offset, end);
        finder.begin(offset, length, dense ? DENSE_MATCH : MatchFinder.MIN_MATCH);
        for (int from = offset; from < end; ) {
            int to = Math.min(end, from + STRETCH);
            if (!literalsOnly) {
                finder.find(plain, from, to, tokens);
                blocks.prepare(tokens, dense ? SHORT_CODE : DeflateSymbols.MAX_CODE_BITS);
            } else if (end - offset > STRETCH) {
                tokens.literalsOnly(plain, from, to);
                blocks.prepare(tokens, SHORT_CODE);
            }
            blocks.write(plain, from, to, tokens, out);
            from = to;
        }
        BlockWriter.alignSegment(out);
        if (out.position >= stored) {
            return -1;
        }
        System.arraycopy(out.bytes, 0, target, targetOffset, out.position);
        return out.position;
    }

    /** Whether a Huffman code alone saves little. If so, leaves the last stretch prepared as literals alone. */
    private boolean isDense(byte[] plain, int offset, int end) {
        for (int from = offset; from < end; from += STRETCH) {
            int to = Math.min(end, from + STRETCH);
            tokens.literalsOnly(plain, from, to);
            if (blocks.prepare(tokens, SHORT_CODE) * 100 < (to - from) * 8L * DENSE_PERCENT) {
                return false;
            }
        }
        return true;
    }
}
