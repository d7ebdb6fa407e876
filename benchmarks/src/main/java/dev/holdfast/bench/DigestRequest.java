package dev.holdfast.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the bytes of one request after the other over one nonce (RFC 7616, MD5, qop=auth). */
final class DigestRequest {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final MessageDigest md5 = md5();
    private final String ha1;
    private final String ha2;
    private final String nonce;
    private final String head;
    private final String parameters;
    private int count;

    private DigestRequest(String target, String host, String user, String password, String realm, String nonce) {
        this.ha1 = hash(user + ":" + realm + ":" + password);
        this.ha2 = hash("GET:" + target);
        this.nonce = nonce;
        this.head = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: application/json\r\nAuthorization: ";
        this.parameters = "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\""
                + target + "\", cnonce=\"0a4f113b5c6d7e8f\", qop=auth, algorithm=MD5, nc=";
    }

    /** Over a nonce that is there already, for {@link #authorization} alone. */
    static DigestRequest over(String target, String user, String password, String realm, String nonce) {
        return new DigestRequest(target, "localhost", user, password, realm, nonce);
    }

    /** Asks for a challenge on a connection of its own. */
    static DigestRequest challengedBy(URI url, String user, String password) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            Matcher matcher = PARAMETER.matcher(answer);
            String realm = null;
            String nonce = null;
            while (matcher.find()) {
                realm = matcher.group(1).equals("realm") && realm == null ? matcher.group(2) : realm;
                nonce = matcher.group(1).equals("nonce") && nonce == null ? matcher.group(2) : nonce;
            }
            if (realm == null || nonce == null) {
                throw new IOException("no digest challenge from " + url + ": " + answer);
            }
            String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
            return new DigestRequest(target, url.getHost() + ":" + url.getPort(), user, password, realm, nonce);
        }
    }

    /** The next request's bytes. */
    byte[] next() {
        return (head + authorization() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The next request's Authorization header. */
    String authorization() {
        String nc = String.format(Locale.ROOT, "%08x", ++count);
        String response = hash(ha1 + ":" + nonce + ":" + nc + ":0a4f113b5c6d7e8f:auth:" + ha2);
        return parameters + nc + ", response=\"" + response + "\"";
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
