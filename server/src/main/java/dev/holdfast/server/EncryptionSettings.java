package dev.holdfast.server;

import dev.holdfast.store.cipher.KeyWrapper;
import dev.holdfast.store.cipher.keyfile.KeyFile;
import dev.holdfast.store.cipher.kmip.KmipKeys;
import dev.holdfast.store.cipher.kmip.KmipSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Encryption at rest: one of the two.
 *
 * @param keyFile file with master keys, or null
 * @param kmip server with master keys, or null
 * @param keyLifetime how old the last unwrapping of a project's data keys may be when a restore begins
 */
public record EncryptionSettings(Path keyFile, KmipSettings kmip, Duration keyLifetime) {
    private static final String FILE = "encryption.key-file";
    private static final String KMIP = "encryption.kmip.";
    private static final String ADDRESS = KMIP + "address";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Null when the store is not encrypted. */
    static EncryptionSettings read(SettingsReader settings) {
        String file = settings.text(FILE, null);
        KmipSettings kmip = kmip(settings);
        Duration lifetime = settings.time("encryption.key-lifetime", LIFETIME, Duration.ZERO, Duration.ofDays(30));
        boolean hasKmip = settings.isSet("encryption.kmip");
        if (file != null && hasKmip) {
            settings.problem(FILE + " and encryption.kmip exclude each other.");
            return null;
        }
        if (file == null && !hasKmip && settings.isSet("encryption")) {
            settings.problem("encryption needs " + FILE + " or " + ADDRESS + ".");
        }
        return file == null && kmip == null
                ? null
                : new EncryptionSettings(file == null ? null : Path.of(file), kmip, lifetime);
    }

    private static KmipSettings kmip(SettingsReader settings) {
        String address = settings.text(ADDRESS, null);
        String certificate = settings.text(KMIP + "certificate", null);
        String key = settings.text(KMIP + "key", null);
        String authority = settings.text(KMIP + "authority", null);
        String user = settings.text(KMIP + "user", null);
        String password = settings.secret(KMIP + "password");
        String masterKey = settings.text(KMIP + "master-key", null);
        Duration timeout = settings.time(
                KMIP + "timeout", KmipSettings.DEFAULT_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5));
        if (address == null) {
            if (settings.isSet("encryption.kmip")) {
                settings.problem(ADDRESS + " is needed: HOST or HOST:PORT of the KMIP server.");
            }
            return null;
        }
        return settings.checked("encryption.kmip", null, () -> {
            // an IPv6 address has colons of its own, and brackets to tell them apart
            int colon = address.lastIndexOf(':');
            boolean hasPort = colon > address.lastIndexOf(']') && colon > 0 && address.indexOf(':') == colon
                    || address.startsWith("[") && colon > address.lastIndexOf(']');
            String host = (hasPort ? address.substring(0, colon) : address).replaceAll("[\\[\\]]", "");
            int port = hasPort ? port(address.substring(colon + 1)) : KmipSettings.DEFAULT_PORT;
            return new KmipSettings(
                    host, port, path(certificate), path(key), path(authority), user, password, timeout, masterKey);
        });
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("the port in address is no number");
        }
        return Integer.parseInt(text);
    }

    private static Path path(String text) {
        return text == null ? null : Path.of(text);
    }

    /** Where master keys come from; does no I/O. */
    KeyWrapper keys(SecureRandom random) {
        return keyFile != null ? new KeyFile(keyFile, random) : new KmipKeys(kmip, random);
    }
}
