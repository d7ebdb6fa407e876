package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * An organisation, the owner of projects.
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record OrgId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public OrgId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<OrgId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new OrgId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
