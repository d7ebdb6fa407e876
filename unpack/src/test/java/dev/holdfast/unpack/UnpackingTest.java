package dev.holdfast.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.unpack.testing.TestArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackingTest {
    private static final byte[] TEXT = "oplog".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void filesDirectoriesAndLinks_comeBackAsTheyWere() throws Exception {
        Path made = unpack(new TestArchive()
                .directory("top", 0750)
                .file("top/empty", 0600, new byte[0])
                .directory("top/journal", 0500)
                .file("top/journal/j._0", 0440, TEXT)
                .link("top/away", "../elsewhere/./x")
                .link("top/journal/absolute", "/var/lib/mongo"));
        assertThat(made.resolve("journal/j._0")).hasBinaryContent(TEXT);
        assertThat(made.resolve("empty")).isEmptyFile();
        assertThat(mode(made)).isEqualTo("rwxr-x---");
        assertThat(mode(made.resolve("journal"))).isEqualTo("r-x------");
        assertThat(mode(made.resolve("journal/j._0"))).isEqualTo("r--r-----");
        assertThat(Files.readSymbolicLink(made.resolve("away"))).hasToString("../elsewhere/./x");
        assertThat(Files.readSymbolicLink(made.resolve("journal/absolute"))).hasToString("/var/lib/mongo");
        assertThat(Files.getLastModifiedTime(made.resolve("journal/j._0")).toMillis())
                .isEqualTo(1_456_098_690_000L);
        assertThat(Files.getLastModifiedTime(made.resolve("journal")).toMillis())
                .isEqualTo(1_456_098_690_000L);
    }

    @Test
    void namesThatDoNotFitAHeader_comeFromThePaxHeader() throws Exception {
        String name = "n".repeat(120);
        Path made = unpack(new TestArchive()
                .directory("top", 0700)
                .pax("path", "top/" + name)
                .file("top/" + name.substring(0, 90), 0600, TEXT)
                .pax("linkpath", "x/" + name)
                .link("top/link", "x"));
        assertThat(made.resolve(name)).hasBinaryContent(TEXT);
        assertThat(Files.readSymbolicLink(made.resolve("link"))).hasToString("x/" + name);
    }

    @Test
    void namesThatLeaveTheDirectory_areRefused() {
        for (String name : new String[] {
            "top/../../out", "../out", "/out", "out", "top/./out", "top//out", "top/", "top/a/../../../out", "topout"
        }) {
            refused(new TestArchive().directory("top", 0700).file(name, 0600, TEXT));
        }
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        refused(new TestArchive()
                .directory("top", 0700)
                .link("top/journal", outside.toString())
                .file("top/journal/evil", 0600, TEXT));
        refused(new TestArchive()
                .directory("top", 0700)
                .link("top/journal", outside.toString())
                .directory("top/journal", 0700)
                .file("top/journal/evil", 0600, TEXT));
        refused(new TestArchive()
                .directory("top", 0700)
                .link("top/a", outside + "/evil")
                .file("top/a", 0600, TEXT));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void whatHoldfastDoesNotMake_isRefused() {
        refused(new TestArchive().directory("top", 0700).entry('1', "top/hard", 0600, "/etc/passwd", new byte[0]));
        refused(new TestArchive().directory("top", 0700).entry('3', "top/device", 0600, "", new byte[0]));
        refused(new TestArchive().directory("top", 0700).entry('L', "././@LongLink", 0600, "", TEXT));
        refused(new TestArchive().directory("top", 0700).entry('5', "top/d/", 0700, "", TEXT));
        refused(new TestArchive().directory("top", 0700).directory("top", 0700));
        refused(new TestArchive().file("top/x", 0600, TEXT));
        refused(new TestArchive());
        refused(new TestArchive().directory("top", 0700).pax("size", "-1").file("top/x", 0600, TEXT));
        refused(new TestArchive().directory("top", 0700).pax("size", "x").file("top/x", 0600, TEXT));
    }

    @Test
    void anArchiveThatIsCutShort_isNoArchive() {
        byte[] whole = new TestArchive()
                .directory("top", 0700)
                .file("top/x", 0600, new byte[70_000])
                .bytes();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> unpack(cut)).isInstanceOf(IOException.class);
        }
    }

    private void refused(TestArchive archive) {
        assertThatThrownBy(() -> unpack(archive)).isInstanceOfAny(BadArchive.class, IOException.class);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.getParent().resolve("out")).doesNotExist();
    }

    private Path unpack(TestArchive archive) throws IOException, InterruptedException {
        return unpack(archive.bytes());
    }

    private Path unpack(byte[] archive) throws IOException, InterruptedException {
        Path made = folder.resolve("made");
        if (Files.exists(made)) {
            delete(made);
        }
        Path file = Files.write(folder.resolve("archive"), archive);
        Unpacking.unpack(file, "top", made, done -> {});
        return made;
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
