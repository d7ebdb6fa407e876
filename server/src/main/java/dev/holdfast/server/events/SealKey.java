package dev.holdfast.server.events;

import javax.crypto.SecretKey;

/**
 * A key that secrets of webhooks are sealed with, AES-256.
 *
 * @param id names it, without telling anything about it
 */
public record SealKey(String id, SecretKey key) {
    /** Never shows the key. */
    @Override
    public String toString() {
        return "SealKey[" + id + "]";
    }
}
