package dev.holdfast.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * The cookie of somebody who signed in from a browser, and when it counts. A browser sends a cookie with whatever request
 * any page makes it send, so a cookie alone proves nothing: it counts only with what no other site's page can add, a header
 * of ours, or the browser's own word that our page asks ({@code Sec-Fetch-Site}; EventSource cannot add headers). Whatever
 * the cookie is without these, it is ignored, and the request is challenged like one that brought nothing.
 *
 * <p>Sources: RFC 6265bis for the attributes; the W3C's Fetch Metadata for {@code Sec-Fetch-Site}.
 */
public final class SessionCookie {
    /** With {@link #ATTENDED}, or any other value when nobody is at the page. */
    public static final String HEADER = "X-Holdfast-Session";

    /** The scheme of the challenge that makes no browser ask for a password: none knows it. */
    static final String SCHEME = "Holdfast-Session";

    /** Has the digest's challenge for such requests. */
    static final String CHALLENGE = "X-Holdfast-Challenge";

    private static final String NAME = "holdfast-session";
    private static final String ATTENDED = "1";
    private static final String SAME_ORIGIN = "same-origin";

    private SessionCookie() {}

    /**
     * A {@code Set-Cookie} that keeps a token.
     *
     * @param token of letters, digits, dashes and underscores
     * @param life after which the browser forgets it
     * @param secure whether it may travel over TLS only
     */
    public static String keeping(String token, Duration life, boolean secure) {
        // Path: the pages themselves need it not; Strict: a link from elsewhere does not arrive signed in
        return NAME + "=" + token + "; Max-Age=" + life.toSeconds() + "; Path=/api; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    /** A {@code Set-Cookie} that makes the browser forget. */
    public static String forgetting(boolean secure) {
        return keeping("", Duration.ZERO, secure);
    }

    /** Whether one of our pages sent the request: then no browser must be made to ask for a password. */
    static boolean isOfPage(HttpServerRequest request) {
        return request.headers().contains(HEADER) || isOurPagesGet(request) && value(request) != null;
    }

    /** Whether somebody is at the page, so that the session stays alive. */
    static boolean isAttended(HttpServerRequest request) {
        return ATTENDED.equals(request.getHeader(HEADER));
    }

    /** The token, if there is exactly one and it counts; else null. */
    static String token(HttpServerRequest request, Origins origins, InetAddress peer) {
        String value = value(request);
        if (value == null || !request.headers().contains(HEADER) && !isOurPagesGet(request)) {
            return null;
        }
        List<String> senders = request.headers().getAll(HttpHeaders.ORIGIN);
        boolean ours = senders.isEmpty() || senders.size() == 1 && origins.isOurs(senders.get(0), request, peer);
        return ours ? value : null;
    }

    private static boolean isOurPagesGet(HttpServerRequest request) {
        return SAME_ORIGIN.equals(request.getHeader("Sec-Fetch-Site"))
                && request.method().name().equals("GET");
    }

    /**
     * The cookie's value, null when there is none. Two are none: a neighbour on another port or below another name of the
     * domain can plant one of its own beside ours.
     */
    private static String value(HttpServerRequest request) {
        String found = null;
        for (String line : request.headers().getAll(HttpHeaders.COOKIE)) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals >= 0 && pair.substring(0, equals).strip().equals(NAME)) {
                    if (found != null) {
                        return null;
                    }
                    found = pair.substring(equals + 1).strip();
                }
            }
        }
        return found == null || found.isEmpty() ? null : found;
    }
}
