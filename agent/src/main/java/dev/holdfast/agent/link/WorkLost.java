package dev.holdfast.agent.link;

/** The attempt is over: it was cancelled, or the server has not heard of it for too long. Stop; another may be at work. */
public final class WorkLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In the server's words. */
    public WorkLost(String detail) {
        super(detail);
    }
}
