package dev.holdfast.contract.segment;

/** A segment of stored blocks: what data becomes that does not shrink, and the yardstick for that which does. */
final class StoredSegment {
    private StoredSegment() {}

    /** Bytes by which a stored segment is longer than its block. */
    static int overhead(int plainLength) {
        int blocks = (plainLength + DeflateSymbols.MAX_STORED - 1) / DeflateSymbols.MAX_STORED;
        return blocks * DeflateSymbols.STORED_HEADER;
    }

    /**
     * Writes {@code length} bytes as stored blocks from a byte boundary on.
     *
     * @return bytes written
     */
    static int write(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        int at = targetOffset;
        for (int done = 0; done < length; ) {
            int n = Math.min(DeflateSymbols.MAX_STORED, length - done);
            target[at] = 0;
            target[at + 1] = (byte) n;
            target[at + 2] = (byte) (n >>> 8);
            target[at + 3] = (byte) ~n;
            target[at + 4] = (byte) (~n >>> 8);
            System.arraycopy(plain, offset + done, target, at + DeflateSymbols.STORED_HEADER, n);
            at += DeflateSymbols.STORED_HEADER + n;
            done += n;
        }
        return at - targetOffset;
    }
}
