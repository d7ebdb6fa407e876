package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.chunk.BlockId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Captures with notes of the one before. Times are those of the file system, so the clock is set beside them. */
class CaptureNotesTest extends CaptureScene {
    private static final int SIZE = 20 * 65_536 + 100;

    @Test
    void filesThatDidNotChangeAreNotReadAgain() throws IOException {
        write("a/one", SIZE);
        write("a.two", SIZE);
        write("small", 100);
        Path changed = write("z", SIZE);
        later(Duration.ofMinutes(1));
        Files.write(changed, new byte[] {1}, StandardOpenOption.APPEND);
        exchangeNotedBlocks("a/one", "a.two");
        assertThat(later(Duration.ofMinutes(2)).warnings()).isEmpty();
        assertThat(first("a/one")).isEqualTo(firstOfFile("a.two"));
        assertThat(first("a.two")).isEqualTo(firstOfFile("a/one"));
        assertThat(content("z")).isEqualTo(Files.readAllBytes(changed));
        assertThat(content("small")).isEqualTo(Files.readAllBytes(data.resolve("small")));
    }

    @Test
    void whatWasTakenOverIsNotedAgain() throws IOException {
        write("f", SIZE);
        write("g", SIZE);
        later(Duration.ofMinutes(1));
        byte[] noted = Files.readAllBytes(notes());
        later(Duration.ofMinutes(1).plusSeconds(1));
        byte[] again = Files.readAllBytes(notes());
        assertThat(Arrays.copyOfRange(again, 20, again.length - 4))
                .isEqualTo(Arrays.copyOfRange(noted, 20, noted.length - 4));
    }

    @Test
    void withoutNotesEverythingIsRead() throws IOException {
        write("f", SIZE);
        write("g", SIZE);
        later(Duration.ofMinutes(1));
        exchangeNotedBlocks("f", "g");
        capture();
        assertThat(first("f")).isEqualTo(firstOfFile("f"));
    }

    @Test
    void whatTheServerLostIsReadAndSentAgain() throws IOException {
        Path file = write("f", SIZE);
        later(Duration.ofMinutes(1));
        BlockId gone = server.blocks.keySet().iterator().next();
        server.blocks.remove(gone);
        later(Duration.ofMinutes(2));
        assertThat(server.blocks).containsKey(gone);
        assertThat(content("f")).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void aBlockThatIsLostBetweenAnswerAndCommitIsSentFromTheFile() throws IOException {
        Path file = write("f", SIZE);
        later(Duration.ofMinutes(1));
        BlockId gone = server.blocks.keySet().iterator().next();
        server.before = path -> {
            if (path.startsWith("parts") && path.endsWith("commit") && server.commits == 1) {
                server.before = other -> {};
                server.blocks.remove(gone);
            }
        };
        later(Duration.ofMinutes(2));
        assertThat(server.blocks).containsKey(gone);
        assertThat(content("f")).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void aFileTouchedRightBeforeTheEarlierCaptureIsReadAgain() throws IOException {
        write("f", SIZE);
        write("g", SIZE);
        later(Duration.ofSeconds(1));
        exchangeNotedBlocks("f", "g");
        later(Duration.ofMinutes(2));
        assertThat(first("f")).isEqualTo(firstOfFile("f"));
    }

    @Test
    void newBytesUnderTheOldSizeAndTimeAreSeen() throws IOException {
        Path file = write("f", SIZE);
        FileTime before = Files.getLastModifiedTime(file);
        later(Duration.ofMinutes(1));
        byte[] bytes = Files.readAllBytes(file);
        bytes[70_000] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, before);
        later(Duration.ofMinutes(2));
        assertThat(content("f")).isEqualTo(bytes);
    }

    @Test
    void anotherFileUnderTheSameNameIsRead() throws IOException {
        Path file = write("f", SIZE);
        Path other = write("g", SIZE);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        later(Duration.ofMinutes(1));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        later(Duration.ofMinutes(2));
        assertThat(content("f")).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void damagedNotesAreNotBelieved_andReplaced() throws IOException {
        write("f", SIZE);
        for (int damage = 0; damage < 6; damage++) {
            later(Duration.ofMinutes(1));
            Path notes = notes();
            byte[] bytes = Files.readAllBytes(notes);
            if (damage == 0) {
                Files.write(notes, new byte[0]);
            } else if (damage == 1) {
                Files.write(notes, Arrays.copyOf(bytes, bytes.length - 1));
            } else {
                bytes[bytes.length * (damage - 2) / 4] ^= 4;
                Files.write(notes, bytes);
            }
            assertThat(later(Duration.ofMinutes(2)).warnings())
                    .singleElement()
                    .asString()
                    .contains("cannot be used")
                    .contains("HINT");
            assertThat(later(Duration.ofMinutes(3)).warnings()).isEmpty();
        }
    }

    @Test
    void aCaptureThatFailsKeepsTheOlderNotesAndLeavesNothing() throws IOException {
        write("f", SIZE);
        later(Duration.ofMinutes(1));
        byte[] before = Files.readAllBytes(notes());
        server.plan("segments", AgentApiServer.Fault.UNAVAILABLE, 100);
        write("g", SIZE);
        assertThatThrownBy(() -> later(Duration.ofMinutes(2))).isInstanceOf(RuntimeException.class);
        assertThat(Files.readAllBytes(notes())).isEqualTo(before);
    }

    @Test
    void aFolderThatCannotBeWrittenIsAWarning() throws IOException {
        write("f", SIZE);
        Path file = Files.write(temp.resolve("file"), new byte[1]);
        CaptureResult result = capture(settings(file.resolve("notes")), Duration.ofMinutes(1));
        assertThat(result.warnings()).singleElement().asString().contains("cannot be written");
        assertThat(server.commits).isEqualTo(1);
    }

    @Test
    void aFileThatChangesWhileOthersAreTakenOverEndsTheCapture() throws IOException {
        Path file = write("f", SIZE);
        later(Duration.ofMinutes(1));
        server.before = path -> {
            if (path.endsWith("offer")) {
                server.before = other -> {};
                try {
                    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        assertThatThrownBy(() -> later(Duration.ofMinutes(2)))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("changed");
    }

    /** Whoever does not read these two files captures the first block of each in the place of the other's. */
    private void exchangeNotedBlocks(String one, String other) throws IOException {
        byte[] notes = Files.readAllBytes(notes());
        int a = find(notes, sha256(firstOfFile(one)));
        int b = find(notes, sha256(firstOfFile(other)));
        byte[] id = Arrays.copyOfRange(notes, a, a + BlockId.LENGTH);
        System.arraycopy(notes, b, notes, a, BlockId.LENGTH);
        System.arraycopy(id, 0, notes, b, BlockId.LENGTH);
        CRC32C crc = new CRC32C();
        crc.update(notes, 0, notes.length - 4);
        ByteBuffer.wrap(notes).putInt(notes.length - 4, (int) crc.getValue());
        Files.write(notes(), notes);
    }

    private static int find(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not noted");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] first(String name) {
        return Arrays.copyOf(content(name), 65_536);
    }

    private byte[] firstOfFile(String name) throws IOException {
        return Arrays.copyOf(Files.readAllBytes(data.resolve(name)), 65_536);
    }

    private CaptureResult later(Duration after) {
        return capture(settings(temp.resolve("notes")), after);
    }

    private CaptureResult capture(CaptureSettings settings, Duration after) {
        Clock clock = Clock.fixed(Instant.now().plus(after), ZoneOffset.UTC);
        return new Capture(
                        clock,
                        duration -> {},
                        new dev.holdfast.agent.link.RetryPolicy(5, Duration.ofMillis(1), Duration.ofSeconds(30)))
                .run(settings, CaptureProgress.SILENT);
    }

    private CaptureSettings settings(Path notes) {
        CaptureSettings some = settings(false, Set.of());
        return new CaptureSettings(some.server(), some.source(), some.snapshot(), some.part(), true, 2, null, notes);
    }

    private Path notes() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("notes"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private byte[] content(String name) {
        return server.restored.get(name).content();
    }
}
