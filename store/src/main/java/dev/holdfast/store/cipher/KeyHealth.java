package dev.holdfast.store.cipher;

import java.time.Instant;

/**
 * How the keeper of master keys was met last.
 *
 * @param answered when it last did what it was asked for, null if never
 * @param failed when it last did not, null if never
 * @param failure what it said then
 */
public record KeyHealth(Instant answered, Instant failed, String failure) {
    /** What that means: whether something that needs a master key would work now. */
    public enum State {
        /** Nothing was asked yet. */
        UNKNOWN,
        /** The last request was answered. */
        UP,
        /** The last request failed. */
        DOWN
    }

    /** By the last request. */
    public State state() {
        if (failed == null) {
            return answered == null ? State.UNKNOWN : State.UP;
        }
        return answered == null || answered.isBefore(failed) ? State.DOWN : State.UP;
    }
}
