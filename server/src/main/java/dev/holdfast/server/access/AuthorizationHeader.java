package dev.holdfast.server.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an {@code Authorization: Digest} header that prove something, unquoted. Source: RFC 7616 section
 * 3.4, and what real clients make of it (contract file 01, 2.2).
 *
 * @param username who
 * @param realm must be ours
 * @param nonce one of our nonces, or something else
 * @param uri the request target that was signed
 * @param nc the count exactly as sent: {@code 1} and {@code 00000001} hash differently
 * @param cnonce the client's chance
 * @param response 32 hexadecimal digits in either case
 */
record AuthorizationHeader(
        String username, String realm, String nonce, String uri, String nc, String cnonce, String response) {
    /** The only quality of protection that is offered and accepted. */
    static final String QOP = "auth";

    private static final String SCHEME = "digest";
    private static final String ALGORITHM = "MD5";

    /**
     * Reads a header; empty for whatever is not a complete Digest header with {@code qop=auth} and MD5 (named or not).
     * A header without qop is refused: that form of RFC 2069 has neither count nor client nonce, so it can be replayed.
     */
    static Optional<AuthorizationHeader> parse(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        // names come in any case; none may come twice, for then two readers of the header could see two requests
        boolean wellFormed = ParameterScanner.scan(
                header,
                SCHEME.length(),
                (name, value) -> parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value) == null);
        if (!wellFormed
                || !QOP.equals(parameters.get("qop"))
                || !ALGORITHM.equalsIgnoreCase(parameters.getOrDefault("algorithm", ALGORITHM))) {
            return Optional.empty();
        }
        AuthorizationHeader read = new AuthorizationHeader(
                parameters.get("username"),
                parameters.get("realm"),
                parameters.get("nonce"),
                parameters.get("uri"),
                parameters.get("nc"),
                parameters.get("cnonce"),
                parameters.get("response"));
        return read.isComplete() ? Optional.of(read) : Optional.empty();
    }

    private boolean isComplete() {
        return username != null
                && realm != null
                && nonce != null
                && uri != null
                && nc != null
                && cnonce != null
                && response != null;
    }

    /** The response, shown to nobody: with it a request could be sent again. */
    @Override
    public String toString() {
        return "AuthorizationHeader[username=" + username + ", uri=" + uri + ", nc=" + nc + "]";
    }
}
