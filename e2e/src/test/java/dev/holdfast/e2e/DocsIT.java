package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.documentation.Sources;
import dev.holdfast.documentation.block.Setting;
import dev.holdfast.documentation.page.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command in the documentation is run, or says on the page why it is not. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class DocsIT {
    private static final Path SAMPLES =
            Path.of(System.getProperty("holdfast.samples")).toAbsolutePath().normalize();
    /** Names of sample data directories, and where pages expect them. */
    private static final Map<String, String> DIRECTORIES = Map.of(
            "config-server",
            "mongo-config",
            "replica-set",
            "mongo",
            "shard-0",
            "mongo-shard-0",
            "shard-1",
            "mongo-shard-1");

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfAPage_runs_orSaysWhyNot() throws Exception {
        for (String tool : List.of("bash", "curl", "jq", "tar", "sha1sum", "python3", "openssl", "wt")) {
            assumeThat(Command.run(folder, List.of("bash", "-c", "command -v " + tool))
                            .exit())
                    .as("the documentation needs " + tool + ": run ./test, which installs it")
                    .isZero();
        }
        Path bin = launcher();
        Path envFile = folder.resolve("demo.env");
        // one page, such as docs/faq.md, while it is being written
        String only = System.getProperty("holdfast.page", "");
        List<PageRun> runs = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try (Holdfast demo =
                Holdfast.demo(folder, envFile, "--data", folder.resolve("demo").toString())) {
            List<Future<PageRun>> begun = new ArrayList<>();
            for (Page page : Sources.read(SAMPLES.getParent()).pages().values()) {
                if (page.source().contains(only)
                        && page.blocks().blocks().stream()
                                .anyMatch(block -> block.fence().commands())) {
                    begun.add(workers.submit(() -> run(page, bin, envFile)));
                }
            }
            for (Future<PageRun> one : begun) {
                runs.add(one.get());
            }
        } finally {
            workers.shutdownNow();
        }
        int commands = runs.stream().mapToInt(PageRun::commands).sum();
        int run = runs.stream().mapToInt(PageRun::done).sum();
        int reasons = runs.stream().mapToInt(PageRun::reasons).sum();
        System.out.println("Commands of the documentation:\n"
                + runs.stream().map(PageRun::line).collect(Collectors.joining("\n")) + "\n" + run + " blocks run, "
                + reasons + " with a reason why not");
        List<String> failures =
                runs.stream().flatMap(one -> one.failures().stream()).toList();
        assertThat(failures).as(String.join("\n\n", failures)).isEmpty();
        assertThat(run + reasons).as("every block is run or has a reason").isEqualTo(commands);
        if (only.isEmpty()) {
            assertThat(run).as("blocks that were run").isGreaterThanOrEqualTo(60);
            assertThat(reasons).as("most of what can be typed is run").isLessThan(run / 2);
        }
    }

    private PageRun run(Page page, Path bin, Path envFile) throws IOException, InterruptedException {
        Path scratch = Files.createDirectories(
                folder.resolve("pages").resolve(page.source().replace('/', '_')));
        Files.copy(
                SAMPLES.resolveSibling("docs").resolve("read-archive.py"),
                Files.createDirectory(scratch.resolve("docs")).resolve("read-archive.py"));
        Files.createSymbolicLink(scratch.resolve("holdfast"), bin.resolve("holdfast"));
        if (page.blocks().setting().equals(Optional.of(Setting.DEMO))) {
            Files.copy(envFile, scratch.resolve("holdfast.env"));
        }
        for (Map.Entry<String, String> one : DIRECTORIES.entrySet()) {
            Path to = Files.createDirectories(scratch.resolve("var/lib").resolve(one.getValue()));
            Command.ok(
                    scratch,
                    "tar",
                    "-xzf",
                    SAMPLES.resolve(one.getKey() + ".tar.gz").toString(),
                    "--strip-components=1",
                    "-C",
                    to.toString());
        }
        PageRun run = new PageRun(page, scratch, List.of(freePort(), freePort()));
        run.run(bin);
        return run;
    }

    /** What the packages put on the path; it never builds. */
    private Path launcher() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path launcher = Files.writeString(
                bin.resolve("holdfast"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Xlog:disable"
                        + " --enable-native-access=ALL-UNNAMED -Duser.home=\"$HOME\" -cp '"
                        + Path.of(System.getProperty("holdfast.lib"))
                                .toAbsolutePath()
                                .normalize()
                        + "/*' dev.holdfast.dist.Main \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
