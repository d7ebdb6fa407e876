package dev.holdfast.store.cipher;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that files of a project are sealed with, or rather the keys that come of it: each file has its own.
 *
 * @param generation from 1; stands in the header of every file
 * @param bytes 32 random ones
 */
record DataKey(int generation, byte[] bytes) {
    private static final byte[] LABEL = "holdfast blob\0".getBytes(StandardCharsets.US_ASCII);

    /** The key of the file {@code name} with that header: bound to store, kind, project and place. */
    SecretKey of(byte[] header, String name) {
        byte[] key = Hmac.of(bytes, LABEL, header, name.getBytes(StandardCharsets.US_ASCII));
        return new SecretKeySpec(key, "AES");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "data key of generation " + generation;
    }
}
