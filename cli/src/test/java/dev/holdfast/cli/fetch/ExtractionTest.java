package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.unpack.UnpackRules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractionTest {
    private static final Instant THEN = Instant.parse("2016-02-21T23:51:30Z");

    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final UnpackRules RULES = new UnpackRules(null, true, false);

    @TempDir
    private Path folder;

    private interface Content {
        void to(TarArchiveOutputStream tar) throws IOException;
    }

    @Test
    void filesFoldersAndLinks_haveTheirModesAndTimes() throws Exception {
        Path top = into(
                archive(tar -> {
                    folder(tar, "a/", 0750);
                    folder(tar, "a/closed/", 0500);
                    file(tar, "a/closed/x.wt", 0640, "bytes");
                    file(tar, "a/deep/er/y", 0600, "without folder entries");
                    link(tar, "a/closed/to-y", "../deep/er/y");
                }),
                folder);
        assertThat(top).isEqualTo(folder.resolve("a"));
        assertThat(top.resolve("closed/x.wt")).hasContent("bytes");
        assertThat(top.resolve("closed/to-y")).isSymbolicLink().hasContent("without folder entries");
        assertThat(mode(top)).isEqualTo("rwxr-x---");
        assertThat(mode(top.resolve("closed"))).isEqualTo("r-x------");
        assertThat(mode(top.resolve("closed/x.wt"))).isEqualTo("rw-r-----");
        assertThat(Files.getLastModifiedTime(top.resolve("closed")).toInstant()).isEqualTo(THEN);
        assertThat(Files.getLastModifiedTime(top.resolve("closed/x.wt")).toInstant())
                .isEqualTo(THEN);
        Files.setPosixFilePermissions(top.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void entriesThatLeadOut_areRefused_andNothingIsWritten() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        assertRefused(tar -> file(tar, "a/../outside/x", 0600, "x"));
        assertRefused(tar -> file(tar, "b/x", 0600, "x"));
        assertRefused(tar -> file(tar, "/" + outside.toString().substring(1) + "/x", 0600, "x"));
        assertRefused(tar -> link(tar, "a/l", outside.toString()));
        assertRefused(tar -> link(tar, "a/l", "../../outside"));
        assertRefused(tar -> {
            link(tar, "a/l", "m");
            file(tar, "a/l/x", 0600, "through a link");
        });
        assertRefused(tar -> {
            TarArchiveEntry hard = new TarArchiveEntry("a/hard", TarConstants.LF_LINK);
            hard.setLinkName("/etc/passwd");
            put(tar, hard, "");
        });
        assertRefused(tar -> put(tar, new TarArchiveEntry("a/fifo", TarConstants.LF_FIFO), ""));
        assertThat(outside).isEmptyDirectory();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void cutArchive_leavesNoFolderOfItsName_andTheNextRunTidiesUp() throws Exception {
        Path archive = archive(tar -> {
            folder(tar, "a/", 0700);
            file(tar, "a/x", 0600, "x".repeat(100_000));
        });
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> into(archive, folder)).hasMessageContaining("HINT:");
        assertThat(folder.resolve("a")).doesNotExist();

        Files.write(archive, whole);
        assertThat(into(archive, folder).resolve("x")).hasSize(100_000);
        assertThat(into(archive, folder)).as("the same again: nothing to do").isEqualTo(folder.resolve("a"));
        Archive other = new Archive("56da071f8d022d10b2f0a7c5", URI.create("http://x/a.tar.gz"), Optional::empty, 0);
        assertThatThrownBy(() ->
                        new Extraction(other, folder.resolve("a"), Progress.NONE).ofFile(archive, RULES, any -> 1))
                .hasMessageContaining("is not an empty directory");
        assertThat(folder.resolve("a/x")).hasSize(100_000);
    }

    private static Path into(Path archive, Path folder) throws IOException, InterruptedException {
        Archive named = new Archive(JOB, URI.create("http://x/a.tar.gz"), Optional::empty, 0);
        return new Extraction(named, folder.resolve("a"), Progress.NONE)
                .ofFile(archive, RULES, any -> Long.MAX_VALUE)
                .place();
    }

    private void assertRefused(Content content) throws IOException {
        Path archive = archive(content);
        assertThatThrownBy(() -> into(archive, folder)).isInstanceOf(CliTrouble.class);
    }

    private Path archive(Content content) throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            content.to(tar);
        }
        return archive;
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(0100000 | mode);
        put(tar, entry, text);
    }

    private static void folder(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(040000 | mode);
        put(tar, entry, "");
    }

    private static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(to);
        put(tar, entry, "");
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        entry.setSize(bytes.length);
        entry.setModTime(Date.from(THEN));
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
