package dev.holdfast.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From where a request came and how its sender addresses us. {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}
 * count only when the connection comes from a trusted proxy: anybody can write them.
 */
final class Origins {
    private final String publicUrl;
    private final String scheme;
    private final String listenHost;
    private final List<ProxyBlock> trusted;

    Origins(HttpConfig config) {
        this.publicUrl = config.publicUrl();
        this.scheme = config.tls() == null ? "http" : "https";
        this.listenHost = config.host();
        this.trusted = config.trustedProxies().stream().map(ProxyBlock::parse).toList();
    }

    /** The client's address: behind trusted proxies, the last one in X-Forwarded-For that is no such proxy. */
    InetAddress client(HttpServerRequest request, InetAddress peer) {
        if (!isTrusted(peer)) {
            return peer;
        }
        List<String> hops = new ArrayList<>();
        for (String line : request.headers().getAll("X-Forwarded-For")) {
            hops.addAll(List.of(line.split(",")));
        }
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress hop = Addresses.literal(hops.get(i).trim());
            if (hop == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }

    /** Scheme, host and port without a final slash. */
    String baseUrl(HttpServerRequest request, InetAddress peer) {
        return publicUrl != null ? publicUrl : addressed(request, peer);
    }

    /** Whether an {@code Origin} header names us: by our public URL, or as the request's sender addresses us. */
    boolean isOurs(String origin, HttpServerRequest request, InetAddress peer) {
        String theirs = spelled(origin);
        return publicUrl != null && theirs.equals(spelled(publicUrl))
                || theirs.equals(spelled(addressed(request, peer)));
    }

    /** Lower case and without the scheme's own port, as browsers write origins (RFC 6454, section 6.2). */
    private static String spelled(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        String port = lower.startsWith("https:") ? ":443" : ":80";
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }

    /** The same as the sender of a request sees it, whatever our public URL is. */
    private String addressed(HttpServerRequest request, InetAddress peer) {
        String proto = scheme;
        String host = request.getHeader("Host");
        if (isTrusted(peer)) {
            String forwardedProto = first(request.getHeader("X-Forwarded-Proto"));
            proto = "https".equals(forwardedProto) || "http".equals(forwardedProto) ? forwardedProto : proto;
            String forwardedHost = first(request.getHeader("X-Forwarded-Host"));
            host = isAuthority(forwardedHost) ? forwardedHost : host;
        }
        return proto + "://" + (isAuthority(host) ? host : listenAuthority(request));
    }

    private String listenAuthority(HttpServerRequest request) {
        String host = listenHost;
        InetAddress literal = Addresses.literal(host);
        if (literal != null && literal.isAnyLocalAddress()) {
            host = request.localAddress().hostAddress();
        }
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bareIpv6 ? "[" + host + "]" : host) + ":"
                + request.localAddress().port();
    }

    private boolean isTrusted(InetAddress address) {
        for (ProxyBlock block : trusted) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static String first(String list) {
        return list == null ? null : list.split(",", 2)[0].trim();
    }

    /** Whether {@code text} is a host name or address with an optional port, and nothing that could end a URL's host. */
    static boolean isAuthority(String text) {
        if (text == null || text.isEmpty() || text.length() > 260) {
            return false;
        }
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', close + 1);
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.isEmpty() || colon >= 0 && !isPort(text, colon + 1)) {
            return false;
        }
        if (close >= 0) {
            return close == host.length() - 1 && host.indexOf(':') > 0 && Addresses.literal(host) != null;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            port = port * 10 + digit;
            if (digit < 0 || digit > 9 || port > 65_535) {
                return false;
            }
        }
        return port > 0;
    }
}
