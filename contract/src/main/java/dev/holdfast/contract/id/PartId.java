package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * One part of a snapshot, with a manifest of its own in the store.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record PartId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public PartId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<PartId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new PartId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
