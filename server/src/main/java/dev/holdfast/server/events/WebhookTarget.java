package dev.holdfast.server.events;

import dev.holdfast.server.http.ProxyBlock;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a webhook leads. The name is looked up anew for each sending, and the connection goes to the very address that
 * was looked at: a name that meant something public yesterday may mean our own database today.
 *
 * @param path with its query
 */
record WebhookTarget(boolean https, String host, int port, String path) {
    private static final int MAX_URL = 2048;

    /** The special-purpose registries of IANA (RFC 6890), as far as they are not for everybody; NAT64 and 6to4 hide others. */
    private static final List<ProxyBlock> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(ProxyBlock::parse)
            .toList();

    /** A target that may not be told; the message says why, and names no address that the name stands for. */
    static final class Forbidden extends Exception {
        private static final long serialVersionUID = 1;

        Forbidden(String why) {
            super(why);
        }
    }

    /**
     * Reads an URL.
     *
     * @throws Forbidden for what is no plain http or https URL
     */
    static WebhookTarget parse(String url) throws Forbidden {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new Forbidden("it is no URL");
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (!https && !"http".equalsIgnoreCase(uri.getScheme()) || url.length() > MAX_URL) {
            throw new Forbidden("it must be an http or https URL of at most " + MAX_URL + " characters");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new Forbidden("it must have a host, and neither user nor fragment");
        }
        int port = uri.getPort() == -1 ? (https ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new Forbidden("its port is none");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        return new WebhookTarget(https, host, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /**
     * The address to connect to. Asks the name server: blocks.
     *
     * @throws Forbidden when the name means nothing, or any address that may not be told
     */
    InetAddress resolve(boolean allowPrivate) throws Forbidden {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            for (InetAddress address : all) {
                if (!allowPrivate && !isPublic(address)) {
                    throw new Forbidden("it leads to an address that is not public (setting webhooks.allow-private)");
                }
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw new Forbidden("its host is not known");
        }
    }

    static boolean isPublic(InetAddress address) {
        return NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
    }
}
