package dev.holdfast.dist.doctor;

import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.http.TlsPair;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The server's certificate: valid, for how long, for the right name, and with the right key. */
final class CertificateCheck implements Check {
    private static final String ABOUT = "certificate";
    private static final int DAYS_TO_RENEW = 21;

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        HttpConfig.Tls tls = patient.settings().http().tls();
        if (tls == null) {
            return List.of(Finding.ok(ABOUT, "none is set: the server itself speaks plain http"));
        }
        for (Path file : List.of(tls.certificate(), tls.key())) {
            if (!Files.isReadable(file)) {
                return List.of(Finding.fail(
                        ABOUT,
                        file + " is not there or cannot be read",
                        "set the right path, or let this user read it."));
            }
        }
        List<X509Certificate> chain;
        try {
            chain = CertificateFiles.read(tls.certificate());
        } catch (CertificateException e) {
            return List.of(Finding.of(ABOUT, Level.FAIL, e, tls.certificate() + " must be PEM, a certificate chain."));
        }
        if (chain.isEmpty()) {
            return List.of(Finding.fail(
                    ABOUT,
                    "there is no certificate in " + tls.certificate(),
                    "it must be PEM: -----BEGIN CERTIFICATE."));
        }
        List<Finding> found = new ArrayList<>();
        key(tls, found);
        for (X509Certificate one : chain) {
            validity(one, patient.clock().instant(), found);
        }
        name(chain.get(0), patient.settings().http().publicUrl(), found);
        return found;
    }

    private static void key(HttpConfig.Tls tls, List<Finding> found) throws IOException {
        if (!TlsPair.mayBelongTogether(Files.readAllBytes(tls.certificate()), Files.readAllBytes(tls.key()))) {
            found.add(Finding.fail(
                    ABOUT,
                    "the key in " + tls.key() + " does not belong to the certificate in " + tls.certificate(),
                    "give the key that the certificate was made for."));
        }
        if (Files.getPosixFilePermissions(tls.key()).contains(PosixFilePermission.OTHERS_READ)) {
            found.add(Finding.warn(
                    ABOUT,
                    "everybody may read the key " + tls.key(),
                    "chmod 600 it; ask for a new certificate if others" + " may have read it."));
        }
    }

    private static void validity(X509Certificate certificate, Instant now, List<Finding> found) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        String name = certificate.getSubjectX500Principal().getName();
        String mend = "renew it, put it in its place and start the server again.";
        long days = Duration.between(now, to).toDays();
        if (now.isBefore(from)) {
            found.add(Finding.fail(ABOUT, name + " is valid from " + from + " on", "is this machine's clock right?"));
        } else if (!now.isBefore(to)) {
            found.add(Finding.fail(ABOUT, name + " ended at " + to, mend));
        } else if (days < DAYS_TO_RENEW) {
            found.add(Finding.warn(ABOUT, name + " ends in " + days + " days, at " + to, mend));
        } else {
            found.add(Finding.ok(ABOUT, name + " is valid for " + days + " days"));
        }
    }

    private static void name(X509Certificate certificate, String publicUrl, List<Finding> found) {
        if (publicUrl == null) {
            return;
        }
        String host = URI.create(publicUrl).getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        List<String> names = names(certificate);
        boolean matches = names.stream()
                .map(one -> one.toLowerCase(Locale.ROOT))
                .anyMatch(one -> one.equals(host)
                        || one.startsWith("*.")
                                && host.indexOf('.') > 0
                                && host.substring(host.indexOf('.')).equals(one.substring(1)));
        if (!matches) {
            found.add(Finding.warn(
                    ABOUT,
                    "the certificate is for " + (names.isEmpty() ? "no name" : String.join(", ", names))
                            + ", and public-url says " + host,
                    "ask for one with that name in it, unless a proxy with its own certificate is before the server."));
        }
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(one -> names.add(String.valueOf(one.get(1))));
            }
        } catch (CertificateParsingException e) {
            return names; // as good as none
        }
        return names;
    }
}
