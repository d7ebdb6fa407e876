package dev.holdfast.contract.trouble;

/** Something that we need does not answer now (disk full, key server down, database locked). Nothing is lost: try again. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String toCaller;
    private final boolean full;

    /** {@code message} names the thing and ends with a hint. */
    public Unavailable(String message, Throwable cause) {
        this(message, cause, "The server cannot answer now");
    }

    /**
     * There is no room for what is to be stored, and there will be none until somebody makes it.
     *
     * @param message names the place and ends with a hint
     * @param cause may be null
     */
    public static Unavailable full(String message, Throwable cause) {
        return new Unavailable(message, cause, "The server has no room left to store anything", true);
    }

    /**
     * {@code message} names the thing and ends with a hint; it is for the operator's log.
     *
     * @param toCaller what a caller over HTTP may know: a clause that begins with a capital and ends without a stop
     */
    public Unavailable(String message, Throwable cause, String toCaller) {
        this(message, cause, toCaller, false);
    }

    private Unavailable(String message, Throwable cause, String toCaller, boolean full) {
        super(message, cause);
        this.toCaller = toCaller;
        this.full = full;
    }

    /** {@code message} names the thing and ends with a hint. */
    public Unavailable(String message) {
        this(message, null);
    }

    /** Whether room is what is missing: to wait a moment is no use. */
    public boolean isFull() {
        return full;
    }

    /** What a caller over HTTP may know. */
    public String toCaller() {
        return toCaller;
    }
}
