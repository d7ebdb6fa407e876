package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * The restore jobs that one POST on a sharded cluster made.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record BatchId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public BatchId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<BatchId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new BatchId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
