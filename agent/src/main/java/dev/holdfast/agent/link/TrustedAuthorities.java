package dev.holdfast.agent.link;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose word is taken for a server's certificate when it is not one of the authorities that come with Java: a private
 * authority's, or a self-signed certificate itself.
 */
public final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * TLS that trusts the certificates of a PEM file and no others, as curl's {@code --cacert} does. Names are still
     * checked.
     *
     * @throws CaptureFailed if the file cannot be read or holds no certificate
     */
    public static SSLContext of(Path pemFile) {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pemFile)));
            if (certificates.isEmpty()) {
                throw notCertificates(pemFile, null);
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (NoSuchFileException e) {
            throw new CaptureFailed(
                    "there is no file of trusted certificates " + pemFile
                            + "\nHINT: give the PEM certificate of the authority that signed the server's, or the"
                            + " server's own if it is self-signed",
                    e);
        } catch (IOException e) {
            throw new CaptureFailed(
                    "the file of trusted certificates " + pemFile + " cannot be read\nHINT: is it a file that this user"
                            + " may read?",
                    e);
        } catch (CertificateException e) {
            throw notCertificates(pemFile, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot do TLS", e);
        }
    }

    private static CaptureFailed notCertificates(Path file, Exception cause) {
        return new CaptureFailed(
                file + " holds no PEM certificate\nHINT: it must have a block that begins with -----BEGIN"
                        + " CERTIFICATE-----; a private key is none",
                cause);
    }
}
