package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.CliTrouble;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchTlsTest {
    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private final byte[] content = new byte[5_000_001];

    @Test
    void archive_isFetchedOverTls_cutAndGoneOnWith() throws Exception {
        new Random(9).nextBytes(content);
        SSLContext tls = context("ip:127.0.0.1");
        try (LinkServer server = new LinkServer(content, tls)) {
            server.cutAfter = 700_000;
            assertThat(fetch(server, tls).place()).hasBinaryContent(content);
            assertThat(server.bytesSent()).as("each byte once").isEqualTo(content.length);
        }
    }

    @Test
    void serverWithACertificateForAnotherName_orOfNobodyKnown_getsNoLinkAndGivesNoByte() throws Exception {
        SSLContext other = context("dns:other.example.net");
        try (LinkServer server = new LinkServer(content, other)) {
            // ranges are asked for over a connection that HttpClient did not make: it must look for itself
            new Journal(JOB, server.tag, content.length, ByteRanges.NONE)
                    .write(folder.resolve("a.tar.gz.part.journal"));
            assertThatThrownBy(() -> fetch(server, other)).isInstanceOf(CliTrouble.class);
            assertThatThrownBy(() -> fetch(server, SSLContext.getDefault())).isInstanceOf(CliTrouble.class);
            assertThat(server.requests).isEmpty();
        }
    }

    private Fetch.Fetched fetch(LinkServer server, SSLContext tls) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        Archive archive = new Archive(JOB, server.url("a.tar.gz"), Optional::empty, 0);
        return new Fetch(
                        http,
                        new FetchSettings(3, 2, 0, false),
                        any -> Long.MAX_VALUE,
                        millis -> {},
                        new Random(1),
                        Progress.NONE)
                .run(archive, folder);
    }

    /** A certificate with that name, and trust in it alone. */
    private SSLContext context(String name) throws Exception {
        Path store = folder.resolve(name.replace(':', '-') + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + name)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
