package dev.holdfast.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An API key.
 *
 * @param publicKey the user name of the digest
 * @param privateKey its password
 */
public record Credentials(String publicKey, String privateKey) {
    /**
     * The Authorization header that answers a challenge (RFC 7616, MD5, qop=auth).
     *
     * @param target the request target as sent: path and query
     * @param nc how often the nonce was used, this time included, 8 hexadecimal digits
     * @param cnonce the client's own chance; free, since each challenge here brings a fresh nonce
     */
    String answer(Challenge challenge, String method, String target, String nc, String cnonce) {
        String ha1 = md5(publicKey + ":" + challenge.realm() + ":" + privateKey);
        String ha2 = md5(method + ":" + target);
        String response = md5(ha1 + ":" + challenge.nonce() + ":" + nc + ":" + cnonce + ":auth:" + ha2);
        return "Digest username=\"" + publicKey + "\", realm=\"" + challenge.realm() + "\", nonce=\""
                + challenge.nonce() + "\", uri=\"" + target + "\", cnonce=\"" + cnonce + "\", nc=" + nc
                + ", qop=auth, response=\"" + response + "\", algorithm=MD5";
    }

    private static String md5(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    /** Never shows the private key. */
    @Override
    public String toString() {
        return "Credentials[publicKey=" + publicKey + "]";
    }
}
