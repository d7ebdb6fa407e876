package dev.holdfast.store.cipher.kmip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with a client certificate, from PEM files. Read for each connection, so a certificate may be renewed in place. */
final class PemTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    private PemTls() {}

    /** Throws an {@link IOException} that names the file that cannot be used, and quotes nothing of it. */
    static SSLContext context(KmipSettings settings) throws IOException {
        try {
            KeyStore own = empty();
            Certificate[] chain = certificates(settings.certificate()).toArray(Certificate[]::new);
            own.setKeyEntry("client", key(settings.key()), NO_PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);

            KeyStore trusted = empty();
            int number = 0;
            for (Certificate authority : certificates(settings.authority())) {
                trusted.setCertificateEntry("authority" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "certificate " + settings.certificate() + " and key " + settings.key() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (found.isEmpty()) {
                throw new IOException(file + " has no certificate in it");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " has no certificate in PEM", e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher pem = KEY.matcher(text);
        if (!pem.find()) {
            throw new IOException(file + " has no private key in PKCS#8 that is not encrypted; make one of it with:"
                    + " openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: its private key is no base64", e);
        }
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException e) {
                // of another kind: the next
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + algorithm, e);
            }
        }
        throw new IOException(file + " has a private key that is neither RSA nor EC nor Ed25519");
    }
}
