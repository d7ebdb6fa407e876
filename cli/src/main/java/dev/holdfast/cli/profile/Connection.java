package dev.holdfast.cli.profile;

import dev.holdfast.cli.Api;
import dev.holdfast.cli.ApiClient;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A profile, ready to ask with.
 *
 * @param http also for downloads: it trusts whom the profile trusts
 */
public record Connection(Profile profile, HttpClient http, Api api) {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

    /**
     * Reads the certificates; asks nothing yet.
     *
     * @throws CliTrouble if the certificates cannot be read
     */
    public static Connection of(Profile profile) throws IOException {
        // HTTP/1.1: ranges of one archive are to be connections of their own, not streams of a single one
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
        if (profile.authorities() != null) {
            http.sslContext(trusting(profile.authorities()));
        }
        HttpClient built = http.build();
        return new Connection(profile, built, new Api(new ApiClient(built, profile.credentials()), profile.url()));
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + number++, one);
            }
            if (number == 0) {
                throw CliTrouble.failed("there is no certificate in " + file, "it must be PEM: -----BEGIN CERTIFICATE");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new CliTrouble(
                    Exit.FAILED,
                    "the certificates in " + file + " cannot be used: " + e.getMessage()
                            + "\nHINT: it must be PEM: -----BEGIN CERTIFICATE",
                    e);
        }
    }
}
