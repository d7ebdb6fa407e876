package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * A replica set, a shard or a whole sharded cluster.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record ClusterId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public ClusterId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<ClusterId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new ClusterId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
