package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at night: the disk fills, the server dies or is told to stop in the middle of something. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class MishapIT {
    private static final int MIB = 1 << 20;
    // serve keeps 256 MiB free when it takes a list of files
    private static final int DISK_MIB = 320;

    @TempDir
    private Path folder;

    private Installation installation;
    private Path dbpath;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.make(folder);
        dbpath = Files.createDirectory(folder.resolve("db"));
    }

    @Test
    void diskFullDuringACapture_isSaid_losesNothing_andARetryWithSpaceWorks() throws Exception {
        random("small.wt", MIB);
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = Command.run(
                                folder,
                                List.of(
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "-o",
                                        "size=" + DISK_MIB + "m",
                                        "tmpfs",
                                        disk.toString()))
                        .exit()
                == 0;
        if (!mounted) {
            System.err.println("SKIPPED: a full disk (mounting a small tmpfs needs root)");
        }
        assumeTrue(mounted, "mounting a small tmpfs needs root");
        try {
            Path data = disk.resolve("data");
            Command.ok(folder, "cp", "-a", installation.data().toString(), data.toString());
            try (Holdfast server = Holdfast.serve(folder, "--data", data.toString(), "--listen", "127.0.0.1:0")) {
                Command first = installation.snapshot(server, dbpath);
                assertThat(first.exit()).as(first.err()).isZero();
                random("large.wt", 40 * MIB);
                Path ballast = disk.resolve("ballast");
                Command.ok(folder, "fallocate", "-l", (DISK_MIB - 16) + "MiB", ballast.toString());
                Path log = folder.resolve("capture.log");
                Process capture = new ProcessBuilder(installation.snapshotWords(server.baseUrl(), dbpath))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                try {
                    // it goes on trying for two minutes, in case somebody makes room, and says for what it waits
                    while (!Files.readString(log).contains("its store is full")) {
                        assertThat(capture.isAlive()).as(Files.readString(log)).isTrue();
                        Thread.sleep(50);
                    }
                } finally {
                    capture.destroy();
                    capture.waitFor();
                }
                assertThat(Files.readString(log))
                        .contains("no room left", "Request id")
                        .doesNotContain("\tat ");
                assertThat(server.output())
                        .as("the server's log has the cause")
                        .contains("No space left")
                        .contains("HINT: free space on the disk");
                verifyIsClean(data);
                Files.delete(ballast);
                Command retry = installation.snapshot(server, dbpath);
                assertThat(retry.exit()).as(retry.err()).isZero();
                verifyIsClean(data);
            }
        } finally {
            Command.ok(folder, "umount", "-l", disk.toString());
        }
    }

    @Test
    void kill9OfTheServerInACapture_thenTheSameCommandSucceeds() throws Exception {
        random("collection-0.wt", 120 * MIB);
        Holdfast server = serve("127.0.0.1:0");
        try {
            String port = server.baseUrl().replaceAll(".*:", "");
            Process capture = new ProcessBuilder(installation.snapshotWords(server.baseUrl(), dbpath))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("capture.log").toFile())
                    .start();
            try {
                while (capture.isAlive() && bytesStored() < 4 * MIB) {
                    Thread.sleep(5);
                }
                assertThat(capture.isAlive())
                        .as("it was to be caught in the middle")
                        .isTrue();
                server.kill9();
            } finally {
                capture.destroyForcibly().waitFor();
            }
            verifyIsClean(installation.data());
            server = serve("127.0.0.1:" + port);
            Command again = installation.snapshot(server, dbpath);
            assertThat(again.exit()).as(again.err()).isZero();
            verifyIsClean(installation.data());
        } finally {
            server.close();
        }
    }

    @Test
    void restartOfTheServerInACapture_isRiddenOut() throws Exception {
        random("collection-0.wt", 120 * MIB);
        Holdfast server = serve("127.0.0.1:0");
        try {
            String port = server.baseUrl().replaceAll(".*:", "");
            Path log = folder.resolve("capture.log");
            Process capture = new ProcessBuilder(installation.snapshotWords(server.baseUrl(), dbpath))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                while (capture.isAlive() && bytesStored() < 4 * MIB) {
                    Thread.sleep(5);
                }
                assertThat(capture.isAlive())
                        .as("it was to be caught in the middle")
                        .isTrue();
                server.kill9();
                server = serve("127.0.0.1:" + port);
                assertThat(capture.waitFor(3, TimeUnit.MINUTES)).isTrue();
                assertThat(capture.exitValue()).as(Files.readString(log)).isZero();
            } finally {
                capture.destroyForcibly().waitFor();
            }
            verifyIsClean(installation.data());
        } finally {
            server.close();
        }
    }

    @Test
    void sigtermInADownload_endsTheServerWithStatus0_andTheRestResumes() throws Exception {
        // more than the kernel takes for a slow client, and than it takes while the server waits for the end
        random("collection-0.wt", 48 * MIB);
        Path config = Files.writeString(folder.resolve("serve.conf"), "http.drain-time = 1s\n");
        Holdfast server = serve("127.0.0.1:0", "--config", config.toString());
        try {
            assertThat(installation.snapshot(server, dbpath).exit()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            String snapshot = api.get(host + "/snapshots").at("/results/0/id").asText();
            String url = api.post(host + "/restoreJobs", "{\"snapshotId\":\"" + snapshot + "\"}")
                    .at("/delivery/url")
                    .asText();
            Path archive = folder.resolve("archive.tar.gz");
            Process slow =
                    new ProcessBuilder("curl", "-s", "--limit-rate", "1M", "-o", archive.toString(), url).start();
            try {
                while (Files.notExists(archive) || Files.size(archive) < 200_000) {
                    assertThat(slow.isAlive()).isTrue();
                    Thread.sleep(20);
                }
                server.close();
                assertThat(server.exit()).as(server.output()).isZero();
                assertThat(slow.waitFor())
                        .as("curl sees that the body broke off")
                        .isNotZero();
            } finally {
                slow.destroyForcibly();
            }
            server = serve("127.0.0.1:" + url.replaceAll("http://127.0.0.1:(\\d+)/.*", "$1"));
            Command.ok(folder, "curl", "-fsS", "-C", "-", "-o", archive.toString(), url);
            Command.ok(folder, "gzip", "-t", archive.toString());
            verifyIsClean(installation.data());
        } finally {
            server.close();
        }
    }

    private void random(String name, int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(dbpath.resolve(name), bytes);
    }

    private Holdfast serve(String listen, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--data", installation.data().toString(), "--listen", listen));
        arguments.addAll(List.of(more));
        return Holdfast.serve(folder, arguments.toArray(String[]::new));
    }

    private long bytesStored() throws Exception {
        try (var files = Files.walk(installation.data().resolve("store"))) {
            return files.map(Path::toFile).mapToLong(File::length).sum();
        } catch (UncheckedIOException e) {
            return 0; // a file was renamed while we looked
        }
    }

    private void verifyIsClean(Path data) throws Exception {
        Command verify = Holdfast.run(folder, Map.of(), "verify", "--data", data.toString());
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
    }
}
