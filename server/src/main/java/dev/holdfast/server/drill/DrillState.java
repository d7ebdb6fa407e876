package dev.holdfast.server.drill;

/** Where a drill is. */
public enum DrillState {
    /** It is being made, or waits for its turn. */
    RUNNING,
    /** Everything came out as it was captured. */
    PASSED,
    /** Something did not. */
    FAILED,
    /** It could not be made; that says nothing about the snapshot. */
    NOT_DONE
}
