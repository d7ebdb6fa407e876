package dev.holdfast.store.cipher.kmip;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach a KMIP server.
 *
 * @param host name or address; the server's certificate must be for it
 * @param port usually {@link #DEFAULT_PORT}
 * @param certificate PEM, this client's certificate chain
 * @param key PEM (PKCS#8, not encrypted), its private key
 * @param authority PEM, who signs the server's certificate
 * @param user null unless the server wants a password too
 * @param password never shown
 * @param timeout to connect, and for each answer as a whole
 * @param masterKey id of the key to wrap with; null: one is made, and found again by its name
 */
public record KmipSettings(
        String host,
        int port,
        Path certificate,
        Path key,
        Path authority,
        String user,
        String password,
        Duration timeout,
        String masterKey) {
    /** Registered for KMIP. */
    public static final int DEFAULT_PORT = 5696;

    /** 10 seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Checks every value; an {@link IllegalArgumentException} says which one is wrong. */
    public KmipSettings {
        require(host != null && !host.isBlank(), "the host is missing");
        require(port > 0 && port < 1 << 16, "the port must be 1 to 65535, not " + port);
        require(
                certificate != null && key != null,
                "certificate and key are needed: KMIP servers know clients by them");
        require(authority != null, "authority is needed: the certificate of who signs the server's");
        require((user == null) == (password == null), "user and password go together");
        require(
                masterKey == null || masterKey.matches("[!-~]{1,128}"),
                "the id of a master key has 1 to 128 printable characters and no spaces");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
