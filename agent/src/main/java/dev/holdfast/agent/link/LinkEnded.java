package dev.holdfast.agent.link;

/** A download link gives nothing any more: expired, used up, killed, or its archive is damaged. The message says which. */
public final class LinkEnded extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In the server's words, and a hint. */
    public LinkEnded(String message) {
        super(message);
    }
}
