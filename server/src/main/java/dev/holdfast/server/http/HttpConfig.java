package dev.holdfast.server.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the server listens and what it lets in.
 *
 * @param host address or name to listen on
 * @param port port, 0 for any free one
 * @param publicUrl scheme, host and port that links begin with, without a final slash; null to take them from requests
 * @param trustedProxies addresses and CIDR blocks whose X-Forwarded headers count
 * @param tls certificate and key, null for plain HTTP
 * @param version what X-MongoDB-Service-Version says
 * @param workers threads that run gate and handlers
 * @param queue requests that may wait for a worker; beyond that the answer is 503
 * @param limits bounds on a single request
 */
public record HttpConfig(
        String host,
        int port,
        String publicUrl,
        List<String> trustedProxies,
        Tls tls,
        Version version,
        int workers,
        int queue,
        Limits limits) {
    /** PEM files. */
    public record Tls(Path certificate, Path key) {}

    /**
     * What the server says it is.
     *
     * @param gitHash of the build
     * @param versionString a semantic version, for clients parse it
     */
    public record Version(String gitHash, String versionString) {
        /** The header's value. */
        public String header() {
            return "gitHash=" + gitHash + "; versionString=" + versionString;
        }
    }

    /**
     * Bounds on a request.
     *
     * @param headBytes most bytes of all headers together
     * @param lineBytes most bytes of the request line
     * @param bodyBytes most bytes of a JSON body; of an unwanted body, most bytes that are read and thrown away
     * @param headTime time to send a request's head, from the connection's first byte or the end of the last answer
     * @param bodyTime time to send a JSON body
     * @param idleTime time without a byte in either direction after which a connection is closed
     * @param connections most connections at once
     */
    public record Limits(
            int headBytes,
            int lineBytes,
            int bodyBytes,
            Duration headTime,
            Duration bodyTime,
            Duration idleTime,
            int connections) {
        /** Fit for the API's small documents. */
        public static Limits defaults() {
            return new Limits(
                    32 << 10,
                    8 << 10,
                    1 << 20,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(30),
                    10_000);
        }
    }

    /** Listens on {@code host:port} in plain HTTP, all else at its default. */
    public static HttpConfig plain(String host, int port) {
        return new HttpConfig(
                host,
                port,
                null,
                List.of(),
                null,
                new Version("unknown", "0.1.0"),
                Math.max(8, 4 * Runtime.getRuntime().availableProcessors()),
                1024,
                Limits.defaults());
    }

    /**
     * The same, listening elsewhere.
     *
     * @param hostAndPort {@code HOST:PORT}; an IPv6 address in brackets
     * @throws IllegalArgumentException for anything else
     */
    public HttpConfig listeningOn(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        String name = colon < 0 ? "" : hostAndPort.substring(0, colon);
        String number = hostAndPort.substring(colon + 1);
        boolean valid = number.matches("[0-9]{1,5}") && Integer.parseInt(number) <= 65_535 && Origins.isAuthority(name);
        if (!valid) {
            throw new IllegalArgumentException(
                    "an address to listen on is HOST:PORT, for example 127.0.0.1:8080 or [::1]:8080, not "
                            + hostAndPort);
        }
        String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        return new HttpConfig(
                bare, Integer.parseInt(number), publicUrl, trustedProxies, tls, version, workers, queue, limits);
    }

    /**
     * The same with another public URL.
     *
     * @param url scheme, host and perhaps port; a final slash is dropped
     * @throws IllegalArgumentException for anything else, a path included
     */
    public HttpConfig reachedAt(String url) {
        String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        int scheme = bare.startsWith("https://") ? 8 : bare.startsWith("http://") ? 7 : -1;
        if (scheme < 0 || !Origins.isAuthority(bare.substring(scheme))) {
            throw new IllegalArgumentException(
                    "a public URL is http:// or https://, a host and perhaps a port, without a path, not " + url);
        }
        return new HttpConfig(host, port, bare, trustedProxies, tls, version, workers, queue, limits);
    }

    /** The same with TLS. */
    public HttpConfig withTls(Tls files) {
        return new HttpConfig(host, port, publicUrl, trustedProxies, files, version, workers, queue, limits);
    }

    /** The same with another version. */
    public HttpConfig withVersion(Version other) {
        return new HttpConfig(host, port, publicUrl, trustedProxies, tls, other, workers, queue, limits);
    }

    /** Whether only this machine can reach the server: it listens on loopback and claims no public URL. */
    public boolean loopbackOnly() {
        return publicUrl == null && Addresses.isLoopback(host);
    }
}
