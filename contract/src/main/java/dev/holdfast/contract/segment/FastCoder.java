package dev.holdfast.contract.segment;

/** Greedy LZ77 with a code of its own for each stretch of two stored blocks' length. */
final class FastCoder implements SegmentCoder {
    // long enough that a code's header hardly counts, and a multiple of what a stored block holds
    private static final int STRETCH = 2 * DeflateSymbols.MAX_STORED;
    // what the last alignment may add to a sum of blocks none of which is longer than its stored form
    private static final int ALIGNMENT = 6;

    private final MatchFinder finder = new MatchFinder();
    private final Tokens tokens = new Tokens(STRETCH);
    private final BlockWriter blocks = new BlockWriter();
    private final BitWriter out = new BitWriter();

    @Override
    public int encode(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        int stored = length + StoredSegment.overhead(length);
        out.begin(stored + ALIGNMENT);
        finder.begin(offset, length);
        int end = offset + length;
        for (int from = offset; from < end; ) {
            int to = Math.min(end, from + STRETCH);
            finder.find(plain, from, to, tokens);
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
}
