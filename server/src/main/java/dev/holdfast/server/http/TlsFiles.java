package dev.holdfast.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads certificate and key, so that a bad file is named before anything listens. */
final class TlsFiles {
    private TlsFiles() {}

    static PemKeyCertOptions read(HttpConfig.Tls tls) {
        Buffer certificate = pem(tls.certificate(), "certificate", "CERTIFICATE");
        Buffer key = pem(tls.key(), "key", "PRIVATE KEY");
        if (!TlsPair.mayBelongTogether(certificate.getBytes(), key.getBytes())) {
            throw new StartFailure(
                    "the TLS key in " + tls.key() + " does not belong to the certificate in " + tls.certificate(),
                    "give the key that the certificate was made for.",
                    null);
        }
        return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }

    // Files that hold a secret are never quoted in the message.
    private static Buffer pem(Path file, String what, String label) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no TLS " + what + " file " + file, "check the path.", e);
        } catch (IOException e) {
            throw new StartFailure(
                    "the TLS " + what + " file " + file + " cannot be read: " + e.getMessage(),
                    "let the user that runs the server read it.",
                    e);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("ENCRYPTED")) {
            throw new StartFailure(
                    "the TLS key in " + file + " is encrypted", "decrypt it: openssl pkey -in KEY -out PLAIN.", null);
        }
        if (!text.contains("-----BEGIN ") || !text.contains(label + "-----")) {
            throw new StartFailure(
                    "the TLS " + what + " file " + file + " holds no PEM block " + label,
                    "give a PEM file; cert and key are two settings.",
                    null);
        }
        return Buffer.buffer(bytes);
    }
}
