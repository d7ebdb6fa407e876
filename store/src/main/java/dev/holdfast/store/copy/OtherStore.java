package dev.holdfast.store.copy;

/** A store that cannot be a replica of the one that is copied. */
public final class OtherStore extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** {@code message} says why and ends with a hint. */
    public OtherStore(String message) {
        super(message);
    }
}
