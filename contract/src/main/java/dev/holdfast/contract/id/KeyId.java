package dev.holdfast.contract.id;

import java.util.Optional;

/**
 * An API key (not the public key that a caller signs in with).
 *
 * @param hex 24 lower-case hexadecimal digits (an ObjectId)
 */
public record KeyId(String hex) {
    /** Refuses anything but 24 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public KeyId {
        ObjectIds.requireValid(hex);
    }

    /** The id written as {@code text}, or empty when it is not 24 lower-case hexadecimal digits. */
    public static Optional<KeyId> parse(String text) {
        return ObjectIds.isValid(text) ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
