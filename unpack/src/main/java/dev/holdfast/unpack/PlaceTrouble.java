package dev.holdfast.unpack;

import java.io.IOException;

/** Why nothing can be restored to a place. The message names the place and ends with a hint. */
public final class PlaceTrouble extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    /** {@code passing}: whether another attempt may succeed with nobody doing anything. */
    public PlaceTrouble(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** As {@link #PlaceTrouble(String, boolean)}. */
    public PlaceTrouble(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether another attempt may succeed with nobody doing anything. */
    public boolean isPassing() {
        return passing;
    }
}
