package dev.holdfast.unpack;

/** An archive that is not one of Holdfast's, or has something in it that must not be written. */
public final class BadArchive extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong, and with which entry. */
    public BadArchive(String message) {
        super(message);
    }
}
