package dev.holdfast.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Reads addresses without ever asking a name server. */
final class Addresses {
    /** The address of nobody: 0.0.0.0, which no client has and no access list should name. */
    static final InetAddress NOBODY = nobody();

    private Addresses() {}

    /** Whether {@code host} is {@code localhost} or a literal loopback address. */
    static boolean isLoopback(String host) {
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        InetAddress address = literal(host);
        return address != null && address.isLoopbackAddress();
    }

    /** The address that {@code text} writes out (IPv6 also in brackets), null when it is a name or nonsense. */
    static InetAddress literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (bare.isEmpty() || bare.length() > 45 || !looksLikeAddress(bare)) {
            return null;
        }
        try {
            return InetAddress.getByName(bare);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    // what passes here is never looked up as a name: getByName parses anything with a colon or four dotted numbers
    private static boolean looksLikeAddress(String text) {
        if (text.indexOf(':') >= 0) {
            return text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 128);
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress nobody() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
