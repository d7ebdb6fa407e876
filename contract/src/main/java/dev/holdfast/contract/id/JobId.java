package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * One restore job; its delivery link bears the same id.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record JobId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public JobId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<JobId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new JobId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
