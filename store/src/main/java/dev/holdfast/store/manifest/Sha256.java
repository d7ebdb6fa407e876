package dev.holdfast.store.manifest;

import dev.holdfast.store.format.Checksums;
import java.security.MessageDigest;

/** SHA-256 of a few bytes. */
final class Sha256 {
    static final int LENGTH = 32;

    private Sha256() {}

    static byte[] of(byte[]... parts) {
        MessageDigest digest = Checksums.sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
