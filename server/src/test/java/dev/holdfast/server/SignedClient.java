package dev.holdfast.server;

import dev.holdfast.server.access.NewApiKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key's owner: asks for a challenge when it has none or was told that its nonce is stale, else counts on with the one
 * it has, as Python's requests does. Written from RFC 7616, not from our code.
 */
final class SignedClient implements AutoCloseable {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
    private static final byte[] NOTHING = {};

    private final WireClient wire;
    private final NewApiKey key;
    private String nonce;
    private int count;

    SignedClient(int port, NewApiKey key) {
        this.wire = new WireClient(port);
        this.key = key;
    }

    WireAnswer get(String target, String... headers) throws IOException {
        return send("GET", target, List.of(headers), NOTHING);
    }

    /** A POST of JSON. */
    WireAnswer post(String target, String json) throws IOException {
        return post(target, json.getBytes(StandardCharsets.UTF_8), "Content-Type: application/json");
    }

    WireAnswer post(String target, byte[] body, String... headers) throws IOException {
        return send("POST", target, List.of(headers), body);
    }

    WireAnswer send(String method, String target, List<String> headers, byte[] body) throws IOException {
        for (int attempt = 0; ; attempt++) {
            if (nonce == null) {
                challenge();
            }
            List<String> signed = new ArrayList<>(headers);
            signed.add("Authorization: " + sign(method, target, nonce, String.format(Locale.ROOT, "%08x", ++count)));
            WireAnswer answer = wire.send(method, target, signed, body);
            String again = answer.header("WWW-Authenticate");
            if (attempt > 0 || again == null || !again.endsWith("stale=true")) {
                return answer;
            }
            nonce = null;
        }
    }

    /** Without credentials. */
    WireAnswer anonymous(String method, String target, List<String> headers, byte[] body) throws IOException {
        return wire.send(method, target, headers, body);
    }

    /** Exactly this Authorization header, and whatever comes. */
    WireAnswer authorized(String method, String target, String authorization) throws IOException {
        return wire.send(method, target, List.of("Authorization: " + authorization), NOTHING);
    }

    /** An Authorization header as curl writes it. */
    String sign(String method, String target, String nonce, String nc) {
        String cnonce = "MDk4ZjZiY2Q0NjIxZDM3M2NhZGU0ZTgzMjYyN2I0ZjY=";
        String ha1 = md5(key.publicKey() + ":MMS Public API:" + key.privateKey());
        String ha2 = md5(method + ":" + target);
        String response = md5(ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + ha2);
        return "Digest username=\"" + key.publicKey() + "\", realm=\"MMS Public API\", nonce=\"" + nonce + "\", uri=\""
                + target + "\", cnonce=\"" + cnonce + "\", nc=" + nc + ", qop=auth, response=\"" + response
                + "\", algorithm=MD5";
    }

    /** The nonce in a challenge. */
    static String nonceIn(WireAnswer unauthorized) {
        Matcher matcher = NONCE.matcher(String.valueOf(unauthorized.header("WWW-Authenticate")));
        if (!matcher.find()) {
            throw new AssertionError("no challenge in " + unauthorized);
        }
        return matcher.group(1);
    }

    private void challenge() throws IOException {
        nonce = nonceIn(wire.send("GET", "/api/public/v1.0/groups", List.of(), NOTHING));
        count = 0;
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
