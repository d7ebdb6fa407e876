package dev.holdfast.contract.segment;

/** Bytes that are not a segment of the block they were sent as. The message says why; nothing of it was kept. */
public final class BadSegment extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong with it. */
    public BadSegment(String message) {
        super(message);
    }
}
