package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * One piece of work that is given to an agent.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record AssignmentId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public AssignmentId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<AssignmentId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new AssignmentId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
