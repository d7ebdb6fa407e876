package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * One snapshot; the host view and the cluster view of it share this id.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record SnapshotId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public SnapshotId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<SnapshotId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new SnapshotId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
