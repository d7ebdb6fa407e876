package dev.holdfast.server.access;

import javax.crypto.SecretKey;

/**
 * A key of another room, derived from one line of {@code secrets.key}.
 *
 * @param id names the line, without telling anything about it
 * @param key 256 bits
 */
public record DerivedKey(String id, SecretKey key) {
    /** Never shows the key. */
    @Override
    public String toString() {
        return "DerivedKey[" + id + "]";
    }
}
