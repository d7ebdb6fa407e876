package dev.holdfast.store.format;

/** A file that this version of Holdfast cannot read although nothing is wrong with it: not ours, or newer than we are. */
public final class UnknownFormat extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** {@code message} names the file and ends with a hint. */
    public UnknownFormat(String message) {
        super(message);
    }
}
