package dev.holdfast.contract.trouble;

/** Something that we need does not answer now (disk full, key server down, database locked). Nothing is lost: try again. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** {@code message} names the thing and ends with a hint. */
    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@code message} names the thing and ends with a hint. */
    public Unavailable(String message) {
        super(message);
    }
}
