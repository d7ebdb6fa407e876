package dev.holdfast.server.snapshot.ingest;

/** A body that was not read to its end: too large (413), too slow (408), or its sender is gone (no answer). */
final class BodyTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    private BodyTrouble(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static BodyTrouble tooLarge(long max) {
        return new BodyTrouble(413, "the body has more than " + max + " bytes");
    }

    static BodyTrouble stalled(long received) {
        return new BodyTrouble(408, "the body came too slowly; " + received + " bytes were read");
    }

    static BodyTrouble gone() {
        return new BodyTrouble(0, "the sender is gone");
    }

    /** HTTP status, 0 when there is nobody to answer to. */
    int status() {
        return status;
    }
}
