package dev.holdfast.server.access;

import java.util.Arrays;

/**
 * MD5 of user, realm and password: as good as the password for whoever signs requests, so it never shows in a text and
 * is encrypted wherever it is stored.
 */
final class Ha1 {
    private static final int BYTES = 16;

    private final byte[] bytes;
    private final byte[] hex;

    /** Refuses anything but 16 bytes with an {@link IllegalArgumentException}. */
    Ha1(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an HA1 has 16 bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
        this.hex = Md5.hex(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal, as it goes into the hash of each request; not to be changed. */
    byte[] hex() {
        return hex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ha1 ha1 && Arrays.equals(bytes, ha1.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Ha1[hidden]";
    }
}
