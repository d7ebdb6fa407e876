package dev.holdfast.contract.segment;

/** One way to make a segment. */
interface SegmentCoder {
    /**
     * Encodes a block.
     *
     * @param target has room for {@link SegmentEncoder#maxLength} bytes from {@code targetOffset}
     * @return bytes written, or -1 when stored blocks are no longer than what came out
     */
    int encode(byte[] plain, int offset, int length, byte[] target, int targetOffset);
}
