package dev.holdfast.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that operators use unpack what we compose. A program that is not installed is skipped, and said so. */
class UnpackTest {
    private static final String TOP = "mongo-config-1450000000-5f0000000000000000000001";

    @TempDir
    private Path folder;

    private Path archive;
    private List<TestFile> files;

    @BeforeEach
    void writeArchive() throws IOException {
        byte[] content = new byte[3 * TestStore.BLOCK + 77];
        new Random(5).nextBytes(content);
        Arrays.fill(content, TestStore.BLOCK, 2 * TestStore.BLOCK, (byte) 0);
        String deep = "a-folder-with-a-name/".repeat(8);
        files = List.of(
                TestFile.top(),
                TestFile.file("WiredTiger", "WiredTiger 2.6.1\n".getBytes(StandardCharsets.UTF_8)),
                TestFile.directory("journal"),
                TestFile.file("journal/" + "j".repeat(100), content),
                TestFile.file("empty", new byte[0]),
                TestFile.file("n".repeat(101), content),
                TestFile.file("n".repeat(250), content),
                TestFile.file(deep + "n".repeat(90), content),
                TestFile.link("short", "WiredTiger"),
                TestFile.link("long", "t".repeat(200)));
        ExtraFile extra =
                new ExtraFile("restoreInfo.txt", 0644, "Restore Information\n".getBytes(StandardCharsets.UTF_8));
        Archive composed = new TestStore()
                .write(TestStore.part(1), TestStore.frame(TOP.length(), extra), files)
                .archive(TOP);
        archive = folder.resolve("archive.tar.gz");
        Files.write(archive, TestStore.read(composed));
    }

    @Test
    void gzipFindsNoFault() throws Exception {
        run("gzip", "-t", archive.toString());
    }

    @Test
    void gnuTarUnpacksIt() throws Exception {
        run("tar", "-xzf", archive.toString(), "-C", target());
        assertUnpacked();
    }

    @Test
    void bsdTarUnpacksIt() throws Exception {
        run("bsdtar", "-xzf", archive.toString(), "-C", target());
        assertUnpacked();
    }

    @Test
    void pythonUnpacksIt() throws Exception {
        run(
                "python3",
                "-c",
                "import tarfile,sys; tarfile.open(sys.argv[1]).extractall(sys.argv[2])",
                archive.toString(),
                target());
        assertUnpacked();
    }

    @Test
    void gnuTarKeepsNamesThatAreNotUtf8() throws Exception {
        byte[] odd = new byte[150];
        Arrays.fill(odd, (byte) 0xff);
        byte[] shorter = Arrays.copyOf(odd, 40);
        List<TestFile> tree = List.of(
                TestFile.top(),
                TestFile.file(odd, new byte[] {1}),
                TestFile.file(shorter, new byte[] {2, 2}),
                TestFile.file("ü".repeat(80), new byte[0]));
        Files.write(
                archive,
                TestStore.read(new TestStore()
                        .write(TestStore.part(1), TestStore.frame(TOP.length()), tree)
                        .archive(TOP)));
        String listing = run("tar", "--quoting-style=escape", "-tzf", archive.toString());
        assertThat(listing.lines().filter(line -> line.startsWith(TOP)))
                .containsExactly(
                        TOP + "/",
                        TOP + "/" + "\\377".repeat(150),
                        TOP + "/" + "\\377".repeat(40),
                        TOP + "/" + "\u00c3\u00bc".repeat(80));
    }

    @Test
    void busyboxUnpacksWhatFitsUstar() throws Exception {
        run("busybox", "tar", "-xzf", archive.toString(), "-C", target());
        Path top = folder.resolve("out").resolve(TOP);
        assertThat(Files.readAllBytes(top.resolve("journal/" + "j".repeat(100))))
                .isEqualTo(files.get(3).content());
    }

    private String target() throws IOException {
        return Files.createDirectories(folder.resolve("out")).toString();
    }

    private void assertUnpacked() throws IOException {
        Path top = folder.resolve("out").resolve(TOP);
        assertThat(Files.readString(top.resolve("restoreInfo.txt"))).isEqualTo("Restore Information\n");
        for (TestFile file : files) {
            Path path = top.resolve(new String(file.entry().path(), StandardCharsets.UTF_8));
            switch (file.entry().type()) {
                case DIRECTORY -> assertThat(path).isDirectory();
                case SYMBOLIC_LINK ->
                    assertThat(Files.readSymbolicLink(path))
                            .hasToString(new String(file.entry().linkTarget(), StandardCharsets.UTF_8));
                case FILE -> {
                    assertThat(Files.readAllBytes(path)).isEqualTo(file.content());
                    assertThat(Files.getLastModifiedTime(path).toMillis()).isEqualTo(1_450_000_000_000L);
                }
            }
        }
    }

    private String run(String... command) throws Exception {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, command[0])));
        if (!installed) {
            System.err.println(
                    "SKIPPED: " + command[0] + " is not installed, so nobody knows whether it reads our archives");
        }
        assumeTrue(installed, command[0] + " is not installed");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
