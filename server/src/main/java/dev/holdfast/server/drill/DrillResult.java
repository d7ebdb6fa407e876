package dev.holdfast.server.drill;

/**
 * What a drill came to.
 *
 * @param state PASSED, FAILED or NOT_DONE
 * @param files files restored and hashed
 * @param bytes their bytes
 * @param wiredTiger what WiredTiger's verify said, or why it was not asked; null if it did not come to that
 * @param message what is wrong, null when nothing is
 */
public record DrillResult(DrillState state, long files, long bytes, String wiredTiger, String message) {
    /** A drill that could not be made. */
    static DrillResult notDone(String why) {
        return new DrillResult(DrillState.NOT_DONE, 0, 0, null, why);
    }
}
