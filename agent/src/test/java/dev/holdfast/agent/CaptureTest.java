package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.unpack.RawNames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptureTest extends CaptureScene {
    @Test
    void theStorageEngineIsToldByTheFilesUnlessTheCallerSays() throws IOException {
        write("WiredTiger.wt", 10);
        capture();
        CaptureSettings told = settings(false, Set.of());
        CaptureSettings.Part part = new CaptureSettings.Part(null, HOST, null, 1, "inMemory", null, false, null);
        capture(
                new CaptureSettings(told.server(), told.source(), told.snapshot(), part, true, 2),
                CaptureProgress.SILENT);
        assertThat(server.parts)
                .extracting(AgentApi.BeginPart::storageEngine)
                .containsExactly("wiredTiger", "inMemory");
    }

    @Test
    void filesOfEveryLengthComeBackAsTheyWere() throws IOException {
        for (int length : new int[] {0, 1, 4096, 65_535, 65_536, 65_537, 3 * 65_536, 1_000_000}) {
            write("f" + length, length);
        }
        CaptureResult result = capture();
        for (int length : new int[] {0, 1, 4096, 65_535, 65_536, 65_537, 3 * 65_536, 1_000_000}) {
            assertThat(content("f" + length)).isEqualTo(Files.readAllBytes(data.resolve("f" + length)));
        }
        assertThat(result.sizes().files()).isEqualTo(9);
        assertThat(result.snapshotCommitted()).isTrue();
        assertThat(result.complete()).isTrue();
        assertThat(result.warnings()).isEmpty();
        assertThat(server.snapshotsCommitted).containsExactly(result.snapshot().hex());
        assertThat(server.abandoned).isEmpty();
    }

    @Test
    void theDirectoryComesFirstAndDirectoriesBeforeWhatIsInThem() throws IOException {
        write("a/z", 1);
        write("a/b/c", 1);
        write("a.b", 1);
        write("B", 1);
        write("z", 1);
        Files.createDirectory(data.resolve("m"));
        capture();
        assertThat(server.restored.keySet()).containsExactly("", "B", "a", "a/b", "a/b/c", "a/z", "a.b", "m", "z");
        assertThat(entry("").type()).isEqualTo(FileEntry.Type.DIRECTORY);
        assertThat(entry("m").type()).isEqualTo(FileEntry.Type.DIRECTORY);
    }

    @Test
    void ownersModesAndTimesAreKept() throws IOException {
        Path file = write("f", 10);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
        Path old = write("old", 10);
        // Java would set it to 1970
        run("touch", "-d", "1960-02-03T04:05:06.5Z", old.toString());
        capture();
        FileEntry entry = entry("f");
        assertThat(entry.mode()).isEqualTo(0640);
        assertThat(entry.mtimeSeconds())
                .isEqualTo(Instant.parse("2001-02-03T04:05:06Z").getEpochSecond());
        assertThat(entry.mtimeNanos()).isEqualTo(123_456_789);
        assertThat(entry("old").mtimeSeconds())
                .isEqualTo(Instant.parse("1960-02-03T04:05:06Z").getEpochSecond());
        assertThat(entry.uid()).isEqualTo(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
        assertThat(entry.user()).isEqualTo(Files.getOwner(file).getName());
    }

    @Test
    void namesOfAnyBytesAreKept() throws IOException {
        byte[] latin = {'c', 'a', 'f', (byte) 0xe9};
        byte[] odd = {'\n', '%', 'f', 'f', ' ', '"', '\\', (byte) 0x80, (byte) 0xff, (byte) 0xc3, '?', '#', 1};
        byte[] utf8 = "größe-日本".getBytes(StandardCharsets.UTF_8);
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xfe);
        Path folder = Files.createDirectory(RawNames.resolve(data, latin));
        for (byte[] name : List.of(odd, utf8, longest)) {
            Files.write(RawNames.resolve(folder, name), name);
        }
        Files.createSymbolicLink(data.resolve("link"), data.relativize(RawNames.resolve(folder, odd)));
        capture();
        String prefix = text(latin) + "/";
        assertThat(server.restored.keySet())
                .containsExactlyInAnyOrder(
                        "", "link", text(latin), prefix + text(odd), prefix + text(utf8), prefix + text(longest));
        assertThat(content(prefix + text(odd))).isEqualTo(odd);
        assertThat(text(entry("link").linkTarget())).isEqualTo(prefix + text(odd));
    }

    @Test
    void linksThatStayInsideAreStoredAsLinks() throws IOException {
        write("sub/f", 10);
        for (String target : List.of("sub/f", "sub/", "./sub//f", "../db/sub", "nothing-there", "sub/../sub/f")) {
            // a Path made from a String would lose slashes
            run(
                    "ln",
                    "-s",
                    target,
                    data.resolve("to-" + target.replace('/', '_')).toString());
        }
        run("ln", "-s", data + "/sub", data + "/absolute");
        run("ln", "-s", data + "/sub/", data + "/absolute-slash");
        CaptureResult result = capture();
        for (String target : List.of("sub/f", "sub/", "./sub//f", "../db/sub", "nothing-there", "sub/../sub/f")) {
            FileEntry entry = entry("to-" + target.replace('/', '_'));
            assertThat(entry.type()).isEqualTo(FileEntry.Type.SYMBOLIC_LINK);
            assertThat(text(entry.linkTarget())).isEqualTo(target);
        }
        assertThat(text(entry("absolute").linkTarget())).isEqualTo(data + "/sub");
        assertThat(text(entry("absolute-slash").linkTarget())).isEqualTo(data + "/sub/");
        assertThat(result.warnings()).hasSize(2).allMatch(w -> w.contains("absolute target"));
    }

    @Test
    void aLinkThatIsFollowedIsStoredAsWhatItPointsTo() throws IOException {
        write("collection-0.wt", 10);
        Path disk = Files.createDirectory(temp.resolve("disk2"));
        Files.writeString(disk.resolve("log.1"), "journal");
        Files.createSymbolicLink(data.resolve("journal"), disk);
        Files.createSymbolicLink(disk.resolve("newest"), Path.of("log.1"));
        Path single = Files.writeString(temp.resolve("single"), "one");
        Files.createDirectory(data.resolve("sub"));
        Files.createSymbolicLink(data.resolve("sub/file"), single);
        capture(false, Set.of("journal", "sub/file"));
        assertThat(entry("journal").type()).isEqualTo(FileEntry.Type.DIRECTORY);
        assertThat(content("journal/log.1")).asString().isEqualTo("journal");
        assertThat(entry("journal/newest").type()).isEqualTo(FileEntry.Type.SYMBOLIC_LINK);
        assertThat(content("sub/file")).asString().isEqualTo("one");
    }

    @Test
    void hardLinksAreStoredAsFilesOfTheirOwn() throws IOException {
        Files.createLink(data.resolve("second"), write("first", 100_000));
        capture();
        assertThat(content("second")).isEqualTo(content("first")).hasSize(100_000);
        assertThat(server.stored).hasSize(2);
    }

    @Test
    void holesAndZerosAreNotSent() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(data.resolve("sparse").toFile(), "rw")) {
            sparse.seek(40L << 20);
            sparse.write(1);
        }
        capture();
        assertThat(server.stored).hasSize(1);
        // a batch of nothing but zeros keeps the part's lease alive all the same
        assertThat(server.requestsTo("offer")).isEqualTo(3);
        byte[] content = content("sparse");
        assertThat(content).hasSize((40 << 20) + 1);
        assertThat(content[40 << 20]).isEqualTo((byte) 1);
        assertThat(Arrays.equals(content, Files.readAllBytes(data.resolve("sparse"))))
                .isTrue();
    }

    @Test
    void equalBlocksAreSentOnceAndASecondCaptureSendsNothing() throws IOException {
        byte[] same = new byte[AgentApiServer.BLOCK];
        Arrays.fill(same, (byte) 7);
        for (int i = 0; i < 600; i++) {
            Files.write(data.resolve("f" + i), same);
        }
        write("other", 200_000);
        capture();
        assertThat(server.stored).hasSize(5).doesNotHaveDuplicates();
        int before = server.requestsTo("segments");
        capture();
        assertThat(server.requestsTo("segments")).isEqualTo(before);
        assertThat(content("f599")).isEqualTo(same);
    }

    @Test
    void blocksAreSentInTheOrderOfTheFiles() throws IOException {
        write("a", 20 << 20);
        capture();
        byte[] content = Files.readAllBytes(data.resolve("a"));
        assertThat(server.stored).hasSize(320);
        for (int i = 0; i < 320; i += 97) {
            assertThat(server.blocks.get(server.stored.get(i)))
                    .isEqualTo(Arrays.copyOfRange(content, i * 65_536, (i + 1) * 65_536));
        }
    }

    @Test
    void memoryDoesNotGrowWithTheDirectory() throws IOException {
        server.keep = false;
        write("large", 90 << 20);
        long[] ahead = {0};
        CaptureResult result = capture(
                settings(false, Set.of()),
                state -> ahead[0] = Math.max(ahead[0], state.readBytes() - state.sentBytes()));
        assertThat(result.sizes().plainBytes()).isEqualTo(90L << 20);
        // random bytes do not shrink, so what was read and not yet sent is what is in memory
        assertThat(ahead[0]).isPositive().isLessThanOrEqualTo(4L * (15 << 20));
    }

    @Test
    void partAndSnapshotAreToldWhatTheSettingsSay() throws IOException {
        write("f", 1);
        CaptureSettings plain = settings(false, Set.of());
        capture(plain, CaptureProgress.SILENT);
        assertThat(server.parts.get(0).timestampSeconds()).isEqualTo(NOW.getEpochSecond());
        assertThat(server.parts.get(0).timestampIncrement()).isEqualTo(1);
        assertThat(server.parts.get(0).hostId()).isEqualTo(HOST.hex());
        ClusterId cluster = new ClusterId("5f00000000000000000000aa");
        SnapshotId joined = new SnapshotId("5f00000000000000000000bb");
        CaptureResult result = capture(
                new CaptureSettings(
                        plain.server(),
                        plain.source(),
                        new CaptureSettings.JoinSnapshot(joined),
                        new CaptureSettings.Part(cluster, null, 1_600_000_000L, 5, "wiredTiger", "--x", true, "uuid-1"),
                        false,
                        1),
                CaptureProgress.SILENT);
        assertThat(result.snapshot()).isEqualTo(joined);
        assertThat(result.snapshotCommitted()).isFalse();
        assertThat(result.complete()).isFalse();
        assertThat(server.snapshotsCommitted).hasSize(1);
        assertThat(server.requestsTo("POST snapshots/" + joined + "/parts")).isEqualTo(1);
        assertThat(server.parts.get(1).clusterId()).isEqualTo(cluster.hex());
        assertThat(server.parts.get(1).timestampSeconds()).isEqualTo(1_600_000_000L);
        assertThat(server.parts.get(1).masterKeyUUID()).isEqualTo("uuid-1");
    }

    @Test
    void progressEndsWithAllThatIsThere() throws IOException {
        write("a", 100_000);
        write("b", 10);
        List<CaptureProgress.State> states = new ArrayList<>();
        capture(settings(false, Set.of()), states::add);
        CaptureProgress.State last = states.get(states.size() - 1);
        assertThat(last.step()).isEqualTo(CaptureProgress.Step.DONE);
        assertThat(last.files()).isEqualTo(last.filesInAll()).isEqualTo(3);
        assertThat(last.readBytes()).isEqualTo(last.bytesInAll()).isEqualTo(100_010);
        assertThat(last.sentBytes()).isBetween(100_010L, 100_400L);
    }

    private FileEntry entry(String name) {
        return server.restored.get(name).entry();
    }

    private byte[] content(String name) {
        return server.restored.get(name).content();
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static void run(String... command) throws IOException {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
