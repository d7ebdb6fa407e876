package dev.holdfast.server.access;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Whether a response proves knowledge of an HA1 (RFC 7616 section 3.4.1, MD5, qop=auth):
 *
 * <pre>
 * HA1      = MD5(username ":" realm ":" password)
 * HA2      = MD5(METHOD ":" uri)
 * response = MD5(HA1 ":" nonce ":" nc ":" cnonce ":" qop ":" HA2)
 * </pre>
 */
final class DigestCheck {
    static final String REALM = "MMS Public API";

    private static final int RESPONSE_DIGITS = 32;
    private static final byte[] NO_RESPONSE = {};

    private final Md5 md5 = new Md5();

    /** The HA1 of a key. */
    Ha1 ha1(String publicKey, String privateKey) {
        return new Ha1(md5.joined(publicKey, REALM, privateKey));
    }

    /**
     * Whether {@code header} was signed with {@code ha1} for this request. Takes the same time whichever byte of the
     * response is wrong.
     *
     * @param method as sent
     * @param target the raw request target as sent; the signed uri must be it, byte for byte
     */
    boolean proves(Ha1 ha1, String method, String target, AuthorizationHeader header) {
        byte[] ha2 = Md5.hex(md5.joined(method, header.uri()));
        byte[] expected =
                md5.joined(ha1.hex(), header.nonce(), header.nc(), header.cnonce(), AuthorizationHeader.QOP, ha2);
        return MessageDigest.isEqual(expected, response(header.response()))
                && REALM.equals(header.realm())
                && target.equals(header.uri());
    }

    private static byte[] response(String hex) {
        if (hex.length() != RESPONSE_DIGITS) {
            return NO_RESPONSE;
        }
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return NO_RESPONSE;
        }
    }
}
