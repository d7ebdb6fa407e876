package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * A project. The API's paths and documents call it a group.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record GroupId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public GroupId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<GroupId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new GroupId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
