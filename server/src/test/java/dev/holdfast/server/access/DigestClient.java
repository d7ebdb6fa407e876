package dev.holdfast.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the public API, written from RFC 7616 and not from our own code. */
final class DigestClient {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");

    private final String user;
    private final String password;

    DigestClient(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** The nonce in a WWW-Authenticate header. */
    static String nonceIn(String challenge) {
        Matcher matcher = NONCE.matcher(challenge);
        if (!matcher.find()) {
            throw new AssertionError("no nonce in " + challenge);
        }
        return matcher.group(1);
    }

    /** An Authorization header as curl writes it. */
    String sign(String method, String uri, String nonce, String nc) {
        String cnonce = "MDk4ZjZiY2Q0NjIxZDM3M2NhZGU0ZTgzMjYyN2I0ZjY=";
        return "Digest username=\"" + user + "\", realm=\"MMS Public API\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", cnonce=\"" + cnonce + "\", nc=" + nc + ", qop=auth, response=\""
                + response(method, uri, nonce, nc, cnonce) + "\", algorithm=MD5";
    }

    String response(String method, String uri, String nonce, String nc, String cnonce) {
        String ha1 = md5(user + ":MMS Public API:" + password);
        String ha2 = md5(method + ":" + uri);
        return md5(ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + ha2);
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
