package dev.holdfast.agent.trouble;

/**
 * A capture could not be made, and left no part. The message names the thing and ends with a hint; it is for the one
 * who started the capture. When only the network or the server was in the way, it is a {@link
 * dev.holdfast.contract.trouble.Unavailable} instead.
 */
public final class CaptureFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** {@code message} names the thing and, after a line break, gives a hint. */
    public CaptureFailed(String message) {
        super(message);
    }

    /** {@code message} names the thing and, after a line break, gives a hint. */
    public CaptureFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
