package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** https with a certificate that nobody but the operator knows: curl, the agent, and what goes wrong with keys. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TlsIT {
    @TempDir
    private Path folder;

    private Installation installation;
    private Path dbpath;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.make(folder);
        dbpath = Files.createDirectory(folder.resolve("db"));
        Files.write(dbpath.resolve("collection-0.wt"), new byte[200_000]);
        selfSigned("server", "IP:127.0.0.1,DNS:localhost");
    }

    @Test
    void selfSignedCertificate_servesThoseWhoAreToldToTrustIt_andNobodyElse() throws Exception {
        try (Holdfast server = serve("server.pem", "server.key")) {
            assertThat(server.baseUrl()).startsWith("https://");
            Command untrusting = installation.snapshot(server, dbpath);
            assertThat(untrusting.exit()).isEqualTo(1);
            assertThat(untrusting.err())
                    .contains("no secure connection to " + server.baseUrl())
                    .contains("HINT:")
                    .contains("--ca")
                    .doesNotContain("\tat ");
            String certificate = folder.resolve("server.pem").toString();
            Command trusting =
                    installation.snapshot(server, dbpath, "--ca", certificate, "--timestamp", "1400000000,7");
            assertThat(trusting.exit()).as(trusting.err()).isZero();

            String host = "/hosts/" + installation.env().get("HOST_ID");
            String snapshots = curl(server, host + "/snapshots", "--cacert", certificate);
            assertThat(snapshots)
                    .as("the oplog time that the operator gave")
                    .contains("\"increment\":7")
                    .contains("\"date\":\"2014-05-13T16:53:20Z\"");
            String snapshot = snapshots.replaceAll("(?s).*?\"id\":\"([0-9a-f]{24})\".*", "$1");
            String job = curl(
                    server,
                    host + "/restoreJobs",
                    "--cacert",
                    certificate,
                    "--header",
                    "Content-Type: application/json",
                    "--data",
                    "{\"snapshotId\":\"" + snapshot + "\"}");
            String url = job.replaceAll("(?s).*?\"url\":\"([^\"]*)\".*", "$1");
            assertThat(url).startsWith(server.baseUrl() + "/");
            Path archive = folder.resolve("restore.tar.gz");
            Command.ok(folder, "curl", "-fsS", "--cacert", certificate, "-o", archive.toString(), url);
            Command.ok(folder, "gzip", "-t", archive.toString());
            assertThat(Command.run(folder, List.of("curl", "-sS", url)).exit())
                    .as("curl knows the authority as little as Java does")
                    .isEqualTo(60);
        }
    }

    @Test
    void certificateForAnotherName_isRefusedByTheAgent() throws Exception {
        selfSigned("other", "DNS:other.example.net");
        try (Holdfast server = serve("other.pem", "other.key")) {
            Command refused = installation.snapshot(
                    server, dbpath, "--ca", folder.resolve("other.pem").toString());
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("127.0.0.1").contains("HINT:").doesNotContain("\tat ");
        }
    }

    @Test
    void keyOfAnotherCertificate_stopsTheStart() throws Exception {
        selfSigned("other", "DNS:other.example.net");
        Command refused = Holdfast.run(
                folder,
                Map.of(),
                "serve",
                "--data",
                installation.data().toString(),
                "--listen",
                "127.0.0.1:0",
                "--tls-cert",
                folder.resolve("server.pem").toString(),
                "--tls-key",
                folder.resolve("other.key").toString());
        assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(1);
        assertThat(refused.err()).contains("other.key").contains("HINT:").doesNotContain("\tat ");
    }

    @Test
    void httpsToAServerWithoutACertificate_isSaidAtOnce() throws Exception {
        try (Holdfast server =
                Holdfast.serve(folder, "--data", installation.data().toString(), "--listen", "127.0.0.1:0")) {
            Command refused = installation.snapshotTo(server.baseUrl().replace("http:", "https:"), dbpath);
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("does not speak TLS").contains("HINT:");
        }
    }

    private Holdfast serve(String certificate, String key) throws Exception {
        return Holdfast.serve(
                folder,
                "--data",
                installation.data().toString(),
                "--listen",
                "127.0.0.1:0",
                "--tls-cert",
                folder.resolve(certificate).toString(),
                "--tls-key",
                folder.resolve(key).toString());
    }

    /** {@code NAME.pem} and {@code NAME.key} (PKCS#8), made by the JDK's own tool, which is always there. */
    private void selfSigned(String name, String names) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String store = folder.resolve(name + ".p12").toString();
        Command.ok(
                folder,
                keytool,
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=holdfast test",
                "-ext",
                "SAN=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                "changeit",
                "-validity",
                "30");
        Command.ok(
                folder,
                keytool,
                "-exportcert",
                "-rfc",
                "-alias",
                "a",
                "-keystore",
                store,
                "-storepass",
                "changeit",
                "-file",
                folder.resolve(name + ".pem").toString());
        KeyStore keys = KeyStore.getInstance(Path.of(store).toFile(), "changeit".toCharArray());
        byte[] der = keys.getKey("a", "changeit".toCharArray()).getEncoded();
        Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private String curl(Holdfast server, String path, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--digest",
                "--user",
                installation.env().get("PUBLIC_KEY") + ":" + installation.env().get("PRIVATE_KEY")));
        words.addAll(List.of(more));
        words.add(server.baseUrl() + "/api/public/v1.0/groups/"
                + installation.env().get("GROUP_ID") + path);
        return Command.ok(folder, words.toArray(String[]::new)).out();
    }
}
