package dev.holdfast.agent.work;

/** Work that cannot be done. The message names the thing and ends with a hint; it is shown by the server. */
public final class TaskFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean again;

    /** {@code again}: whether another attempt may succeed. */
    public TaskFailed(String message, boolean again) {
        super(message);
        this.again = again;
    }

    /** As {@link #TaskFailed(String, boolean)}. */
    public TaskFailed(String message, boolean again, Throwable cause) {
        super(message, cause);
        this.again = again;
    }

    /** Whether another attempt may succeed. */
    public boolean again() {
        return again;
    }
}
