package dev.holdfast.server.audit;

import javax.crypto.SecretKey;

/**
 * A key that the head of the chain is sealed with.
 *
 * @param id names it, without telling anything about it
 * @param key for HMAC-SHA256
 */
public record HeadKey(String id, SecretKey key) {
    /** Never shows the key. */
    @Override
    public String toString() {
        return "HeadKey[" + id + "]";
    }
}
