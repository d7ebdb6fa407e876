package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;

/**
 * A key that was just made: the only time that its private half can be read.
 *
 * @param id its id
 * @param publicKey the user name of the digest
 * @param privateKey the password of the digest, UUID text
 */
public record NewApiKey(KeyId id, String publicKey, String privateKey) {
    /** Never shows the private key. */
    @Override
    public String toString() {
        return "NewApiKey[id=" + id + ", publicKey=" + publicKey + "]";
    }
}
