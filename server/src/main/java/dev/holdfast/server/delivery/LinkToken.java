package dev.holdfast.server.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secret segment of a link: standard base64 of a version-4 UUID in lower-case hexadecimal without dashes, 122 bits
 * of chance. All tokens that Ops Manager's documentation prints decode to that.
 */
final class LinkToken {
    private LinkToken() {}

    /** A new token. */
    static String mint(SecureRandom random) {
        byte[] uuid = new byte[16];
        random.nextBytes(uuid);
        uuid[6] = (byte) (uuid[6] & 0x0f | 0x40); // version 4
        uuid[8] = (byte) (uuid[8] & 0x3f | 0x80); // variant of RFC 9562
        return Base64.getEncoder().encodeToString(HexFormat.of().formatHex(uuid).getBytes(US_ASCII));
    }

    /** Whether the two are equal, in a time that does not depend on where they differ. */
    static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
