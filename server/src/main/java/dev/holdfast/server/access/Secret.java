package dev.holdfast.server.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One secret of {@code secrets.key} and the keys derived from it, one per use, so that none can stand in for another:
 * HKDF-Expand (RFC 5869) with HMAC-SHA256 and one block of output. The secret is uniformly random already, so the
 * extract step, which would only make it so, is left out.
 */
final class Secret {
    static final String HMAC = "HmacSHA256";

    private static final int ID_BYTES = 8;

    private final String id;
    private final byte tag;
    private final byte[] secret;
    private final SecretKey nonceKey;
    private final SecretKey sealKey;

    Secret(byte[] secret) {
        byte[] name = expand(secret, "holdfast secret id");
        this.id = HexFormat.of().formatHex(name, 0, ID_BYTES);
        this.tag = name[ID_BYTES];
        this.secret = secret.clone();
        this.nonceKey = new SecretKeySpec(expand(secret, "holdfast digest nonce"), HMAC);
        this.sealKey = new SecretKeySpec(expand(secret, "holdfast stored ha1"), "AES");
    }

    /** Names the secret in the database without telling anything about it; 16 hexadecimal digits. */
    String id() {
        return id;
    }

    /** Names the secret in a nonce. One byte, so only a hint; the HMAC decides. */
    byte tag() {
        return tag;
    }

    /** Signs nonces, HMAC-SHA256. */
    SecretKey nonceKey() {
        return nonceKey;
    }

    /** Encrypts stored HA1s, AES-256. */
    SecretKey sealKey() {
        return sealKey;
    }

    /** A key for another use, {@code HmacSHA256} or {@code AES}; each label gives another one. */
    SecretKey derive(String label, String algorithm) {
        return new SecretKeySpec(expand(secret, label), algorithm);
    }

    private static byte[] expand(byte[] secret, String label) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            byte[] info = label.getBytes(StandardCharsets.US_ASCII);
            byte[] block = Arrays.copyOf(info, info.length + 1);
            block[info.length] = 1;
            return mac.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
