package dev.holdfast.agent.link;

/** The server knows nothing of the part any more (it was restarted, or the part's lease ended): begin it anew. */
public final class PartLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In the server's words. */
    public PartLost(String detail) {
        super(detail);
    }
}
