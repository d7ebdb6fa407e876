package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Set up by hand, as in the documentation: init, deployment, serve, snapshot, a restore, verify. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ServeIT {
    @TempDir
    private Path folder;

    private Installation installation;
    private Path dbpath;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.make(folder);
        dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] random = new byte[3 << 20];
        new Random(7).nextBytes(random);
        Files.write(dbpath.resolve("collection-0.wt"), random);
        Files.write(dbpath.resolve("WiredTiger"), "WiredTiger 3.2.1".getBytes(StandardCharsets.UTF_8));
        Files.write(dbpath.resolve("mongod.lock"), new byte[0]);
        try (RandomAccessFile sparse =
                new RandomAccessFile(dbpath.resolve("sparse.wt").toFile(), "rw")) {
            sparse.setLength(50 << 20);
            sparse.seek(30 << 20);
            sparse.write(1);
        }
        Files.createSymbolicLink(dbpath.resolve("link"), Path.of("collection-0.wt"));
        Files.createDirectory(dbpath.resolve("journal"));
        Command.bash(dbpath, "touch $'name\\nwith \\xff bytes' && chmod 640 WiredTiger");
    }

    @Test
    void configServerCapturedAlone_isRestoredAlone_andVerifyIsClean() throws Exception {
        try (Holdfast server = serve()) {
            Command snapshot = installation.snapshot(server, dbpath);
            assertThat(snapshot.exit()).as(snapshot.err()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            JsonNode snapshots = api.get(host + "/snapshots");
            assertThat(snapshots.path("totalCount").asInt()).isEqualTo(1);
            assertThat(snapshots.path("results").path(0).path("complete").asBoolean())
                    .isTrue();
            JsonNode others =
                    api.get(api.groupPath() + "/hosts/" + installation.env().get("OTHER_HOST_ID") + "/snapshots");
            assertThat(others.path("totalCount").asInt()).isZero();

            JsonNode job = api.post(
                    host + "/restoreJobs",
                    "{\"snapshotId\":\""
                            + snapshots.path("results").path(0).path("id").asText()
                            + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":\"1\",\"expirationHours\":\"2\"}}");
            assertThat(job.path("statusName").asText()).as(job.toString()).isEqualTo("FINISHED");
            Path archive = api.download(job.path("delivery").path("url").asText());
            unpackAndCompare(archive);
            assertThat(Command.run(
                                    folder,
                                    List.of(
                                            "curl",
                                            "-s",
                                            "-o",
                                            "/dev/null",
                                            "-w",
                                            "%{http_code}",
                                            job.path("delivery").path("url").asText()))
                            .out())
                    .as("the one permitted download is used up")
                    .isEqualTo("403");
            JsonNode after = api.get(host + "/restoreJobs/" + job.path("id").asText());
            assertThat(after.path("delivery").path("statusName").asText()).isEqualTo("MAX_DOWNLOADS_EXCEEDED");

            Command verify = verify();
            assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        }
    }

    @Test
    void secondCapture_readsWhatChanged_andKeepsTheFirst() throws Exception {
        try (Holdfast server = serve()) {
            assertThat(installation.snapshot(server, dbpath).exit()).isZero();
            long before = bytesBelow(installation.data().resolve("store"));
            Files.write(dbpath.resolve("storage.bson"), new byte[] {5, 0, 0, 0, 0});
            assertThat(installation.snapshot(server, dbpath).exit()).isZero();
            assertThat(bytesBelow(installation.data().resolve("store")) - before)
                    .as("growth by a second snapshot")
                    .isLessThan(200_000);
            PublicApi api = installation.api(server);
            JsonNode list =
                    api.get(api.groupPath() + "/hosts/" + installation.env().get("HOST_ID") + "/snapshots");
            assertThat(list.path("totalCount").asInt()).isEqualTo(2);
            assertThat(verify().exit()).isZero();
        }
    }

    @Test
    void flippedByteInAPack_breaksTheDownload_isNamedByVerify_andTheJobIsBroken() throws Exception {
        try (Holdfast server = serve()) {
            assertThat(installation.snapshot(server, dbpath).exit()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            String snapshot = api.get(host + "/snapshots")
                    .path("results")
                    .path(0)
                    .path("id")
                    .asText();
            Path pack = Path.of(Command.bash(
                            installation.data().resolve("store"), "find \"$PWD\" -name '*.pack' -size +1M | head -1")
                    .out()
                    .trim());
            try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
                file.seek(file.length() / 2);
                int old = file.read();
                file.seek(file.length() / 2);
                file.write(old ^ 0x10);
            }
            JsonNode job = api.post(host + "/restoreJobs", "{\"snapshotId\":\"" + snapshot + "\"}");
            String url = job.path("delivery").path("url").asText();
            Path archive = folder.resolve("broken.tar.gz");
            Command download = Command.run(folder, List.of("curl", "-fsS", "-o", archive.toString(), url));
            assertThat(download.exit())
                    .as("curl must see that the body broke off")
                    .isNotZero();
            assertThat(Command.run(folder, List.of("gzip", "-t", archive.toString()))
                            .exit())
                    .isNotZero();
            Command verify = verify();
            assertThat(verify.exit()).isEqualTo(1);
            assertThat(verify.out() + verify.err())
                    .contains(pack.getFileName().toString())
                    .containsPattern("offset \\d+");
            JsonNode after = api.get(host + "/restoreJobs/" + job.path("id").asText());
            assertThat(after.path("statusName").asText()).isEqualTo("BROKEN");
            assertThat(after.path("delivery").path("statusName").asText()).isEqualTo("FAILED");
        }
    }

    @Test
    void kill9InADownload_costsNothing_theRestResumes() throws Exception {
        // more than the kernels of both ends hold for a slow client, or the server would be done before it is killed
        byte[] large = new byte[32 << 20];
        new Random(13).nextBytes(large);
        Files.write(dbpath.resolve("collection-1.wt"), large);
        Holdfast server = serve();
        try {
            assertThat(installation.snapshot(server, dbpath).exit()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            String snapshot = api.get(host + "/snapshots")
                    .path("results")
                    .path(0)
                    .path("id")
                    .asText();
            String url = api.post(host + "/restoreJobs", "{\"snapshotId\":\"" + snapshot + "\"}")
                    .path("delivery")
                    .path("url")
                    .asText();
            Path archive = folder.resolve("archive.tar.gz");
            Process slow =
                    new ProcessBuilder("curl", "-s", "--limit-rate", "4M", "-o", archive.toString(), url).start();
            while (Files.notExists(archive) || Files.size(archive) < 200_000) {
                Thread.sleep(20);
            }
            server.kill9();
            slow.waitFor();
            String port = url.replaceAll("http://127.0.0.1:(\\d+)/.*", "$1");
            server = Holdfast.serve(folder, "--data", installation.data().toString(), "--listen", "127.0.0.1:" + port);
            Command.ok(folder, "curl", "-fsS", "-C", "-", "-o", archive.toString(), url);
            unpackAndCompare(archive);
            assertThat(Command.run(folder, List.of("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", url))
                            .out())
                    .as("both halves were one download")
                    .isEqualTo("403");
            assertThat(verify().exit()).isZero();
        } finally {
            server.close();
        }
    }

    @Test
    void secondInit_andMisuse_areRefusedWithAHint() throws Exception {
        String data = installation.data().toString();
        assertRefused(1, "has projects already", "init", "--data", data);
        assertRefused(1, "there is no data directory", "verify", "--data", folder + "/absent");
        assertRefused(2, "--data", "serve");
        assertRefused(2, "unmatched argument", "frobnicate");
        assertRefused(1, "cannot be read", "deployment", "--data", data, "--file", folder + "/absent.conf");
    }

    private void assertRefused(int exit, String message, String... words) throws Exception {
        Command refused = Holdfast.run(folder, Map.of(), words);
        assertThat(refused.exit()).as(refused.err()).isEqualTo(exit);
        assertThat(refused.err()).contains(message).contains("HINT");
    }

    private Holdfast serve() throws Exception {
        return Holdfast.serve(folder, "--data", installation.data().toString(), "--listen", "127.0.0.1:0");
    }

    private Command verify() throws Exception {
        return Holdfast.run(
                folder, Map.of(), "verify", "--data", installation.data().toString());
    }

    private void unpackAndCompare(Path archive) throws Exception {
        Command.ok(folder, "gzip", "-t", archive.toString());
        Path out = Files.createTempDirectory(folder, "restored");
        Command.ok(folder, "tar", "-C", out.toString(), "--strip-components=1", "-xzf", archive.toString());
        Files.delete(out.resolve("restoreInfo.txt"));
        Command.ok(folder, "diff", "-r", "--no-dereference", dbpath.toString(), out.toString());
        String listing = "find . -mindepth 1 -printf '%p %m %u %g %s %l\\n' | sed 's/ [0-9]* $/ /' | sort | od -c";
        assertThat(Command.bash(out, listing).out())
                .isEqualTo(Command.bash(dbpath, listing).out());
    }

    private static long bytesBelow(Path directory) throws Exception {
        return Long.parseLong(Command.bash(directory, "find . -type f -printf '%s\\n' | awk '{s += $1} END {print s}'")
                .out()
                .trim());
    }
}
