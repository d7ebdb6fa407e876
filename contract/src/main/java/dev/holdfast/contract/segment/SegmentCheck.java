package dev.holdfast.contract.segment;

/**
 * Decides whether bytes are a segment of a block. Never switchable off: two segments of which the first has a final
 * block join into an archive that is silently short. One instance belongs to one thread.
 */
public final class SegmentCheck {
    /**
     * Inflates a segment and walks over its blocks.
     *
     * @param segment holds the segment from {@code offset}, {@code length} bytes
     * @param plain receives the block; longer than {@code plainLength} is allowed
     * @param plainLength bytes that the block must have
     * @throws BadSegment unless it holds exactly that many bytes, has no final block, ends on a byte boundary, and is
     *     no longer than {@link SegmentEncoder#maxLength}
     */
    public void check(byte[] segment, int offset, int length, byte[] plain, int plainLength) {
        java.util.zip.Inflater inflater = new java.util.zip.Inflater(true);
        try {
            inflater.setInput(segment, offset, length);
            int n = inflater.inflate(plain, 0, plainLength);
            if (n != plainLength) {
                throw new BadSegment("the segment holds " + n + " bytes, not " + plainLength);
            }
        } catch (java.util.zip.DataFormatException e) {
            throw new BadSegment("the segment does not inflate: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
