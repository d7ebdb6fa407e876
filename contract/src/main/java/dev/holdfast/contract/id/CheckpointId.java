package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * A point in time that a whole sharded cluster can be restored to.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record CheckpointId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public CheckpointId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<CheckpointId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new CheckpointId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
