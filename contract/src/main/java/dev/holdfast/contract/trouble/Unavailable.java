package dev.holdfast.contract.trouble;

/** Something that we need does not answer now (disk full, key server down, database locked). Nothing is lost: try again. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String toCaller;

    /** {@code message} names the thing and ends with a hint. */
    public Unavailable(String message, Throwable cause) {
        this(message, cause, "The server cannot answer now");
    }

    /**
     * {@code message} names the thing and ends with a hint; it is for the operator's log.
     *
     * @param toCaller what a caller over HTTP may know: a clause that begins with a capital and ends without a stop
     */
    public Unavailable(String message, Throwable cause, String toCaller) {
        super(message, cause);
        this.toCaller = toCaller;
    }

    /** {@code message} names the thing and ends with a hint. */
    public Unavailable(String message) {
        this(message, null);
    }

    /** What a caller over HTTP may know. */
    public String toCaller() {
        return toCaller;
    }
}
