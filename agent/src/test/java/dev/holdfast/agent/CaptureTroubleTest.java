package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Directories that cannot be captured, or do not hold still. */
class CaptureTroubleTest extends CaptureScene {
    @Test
    void aDirectoryThatIsNotThereIsRefused() throws IOException {
        Files.delete(data);
        refuses("there is no directory " + data, "HINT: ", "--dbpath");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aFileInPlaceOfADirectoryIsRefused() throws IOException {
        Files.delete(data);
        Files.writeString(data, "x");
        refuses(data + " is not a directory", "HINT: ");
    }

    @Test
    void aDirectoryWithoutDataIsRefused() throws IOException {
        refuses("no data file", "HINT: ");
        Files.createFile(data.resolve("mongod.lock"));
        Files.createDirectories(data.resolve("journal/empty"));
        refuses("no data file", "HINT: ");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aDirectoryThatMongodRunsOnIsRefusedUnlessItIsFrozen() throws Exception {
        write("collection-0.wt", 10);
        write("diagnostic.data/metrics.interim", 10);
        Path lock = Files.writeString(data.resolve("mongod.lock"), "4711\n");
        try (LockHolder.Process holder = LockHolder.start(lock)) {
            refuses("is in use", "mongod.lock", "--frozen");
            assertThat(server.requests).isEmpty();
            CaptureResult result = capture(true, Set.of());
            assertThat(result.warnings()).singleElement().asString().contains("diagnostic.data", "left out");
            assertThat(server.restored).containsKeys("mongod.lock", "diagnostic.data", "collection-0.wt");
            assertThat(server.restored).doesNotContainKey("diagnostic.data/metrics.interim");
            assertThat(holder.isAlive()).isTrue();
        }
    }

    @Test
    void aLockThatNobodyHoldsIsAWarning() throws IOException {
        write("collection-0.wt", 10);
        write("diagnostic.data/metrics.interim", 10);
        Files.writeString(data.resolve("mongod.lock"), "4711\n");
        assertThat(capture().warnings()).singleElement().asString().contains("mongod.lock is not empty");
        assertThat(server.restored).containsKey("diagnostic.data/metrics.interim");
    }

    @Test
    void aLinkThatLeavesTheDirectoryIsRefusedByName() throws IOException {
        write("f", 1);
        Path disk = Files.createDirectory(temp.resolve("disk2"));
        Files.createSymbolicLink(data.resolve("journal"), disk);
        refuses("symbolic link journal leaves", disk.toString(), "--follow journal");
        Files.delete(disk);
        refuses("symbolic link journal leaves", disk.toString());
        refuses(Set.of("journal"), "cannot be followed", "not there");
        Files.delete(data.resolve("journal"));
        Files.createSymbolicLink(data.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(data.resolve("two"), Path.of("../elsewhere"));
        Files.createFile(temp.resolve("elsewhere"));
        refuses("symbolic link one leaves");
        // what is stored in place of one is not where two points to
        refuses(Set.of("one"), "symbolic link two leaves");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aLinkToWhatHoldsTheDirectoryIsNotFollowed() throws IOException {
        write("f", 1);
        Files.createSymbolicLink(data.resolve("up"), Path.of(".."));
        refuses(Set.of("up"), "holds the data directory itself");
    }

    @Test
    void aNameToFollowThatNoLinkHasIsRefused() throws IOException {
        write("journal/log", 1);
        refuses(Set.of("journal"), "--follow journal", "no symbolic link", "HINT: ");
    }

    @Test
    void fifosAndSocketsAreLeftOutWithAWarning() throws Exception {
        write("f", 1);
        run("mkfifo", data.resolve("pipe").toString());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(data.resolve("s")));
            assertThat(capture().warnings())
                    .containsExactly(
                            "pipe: a FIFO holds no data and was left out",
                            "s: a socket holds no data and was left out");
        }
        assertThat(server.restored).containsOnlyKeys("", "f");
    }

    @Test
    void aDeviceIsRefused() throws Exception {
        assumeTrue(new ProcessBuilder("mknod", data.resolve("null").toString(), "c", "1", "3")
                        .start()
                        .waitFor()
                == 0);
        refuses("null is a device");
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path file = write("sub/secret.wt", 10);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "root can read everything");
        refuses("sub/secret.wt cannot be read: permission denied", "HINT: ");
        assertThat(server.requests).isEmpty();
        Files.setPosixFilePermissions(data.resolve("sub"), PosixFilePermissions.fromString("---------"));
        refuses("sub cannot be read: permission denied", "HINT: ");
        Files.setPosixFilePermissions(data.resolve("sub"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aFileThatGetsShorterWhileItIsReadEndsTheCapture() throws IOException {
        Path file = write("large", 90 << 20);
        onceAt("offer", () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(70 << 20);
            }
        });
        endsWith("large changed");
    }

    @Test
    void aFileThatGrowsWhileItIsReadEndsTheCapture() throws IOException {
        Path file = write("large", 70 << 20);
        onceAt("offer", () -> Files.write(file, new byte[10], StandardOpenOption.APPEND));
        endsWith("large changed");
    }

    @Test
    void aFileThatIsWrittenInPlaceAfterItWasReadEndsTheCapture() throws IOException {
        Path file = write("a", 100_000);
        FileTime before = Files.getLastModifiedTime(file);
        onceAt("segments", () -> {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.seek(50_000);
                raw.write(1);
            }
            // whoever hides the change cannot hide the ctime
            Files.setLastModifiedTime(file, before);
        });
        endsWith("a changed");
    }

    @Test
    void aFileThatIsReplacedEndsTheCapture() throws IOException {
        Path file = write("a", 1000);
        write("b", 1000);
        Path twin = Files.copy(file, temp.resolve("twin"));
        onceAt("segments", () -> Files.move(twin, file, StandardCopyOption.REPLACE_EXISTING));
        endsWith("a changed");
    }

    @Test
    void aFileThatVanishesEndsTheCapture() throws IOException {
        write("a", 1000);
        Path last = write("z", 1000);
        onceAt("segments", () -> Files.delete(last));
        endsWith("vanished", "z");
        Path large = write("large", 70 << 20);
        write("z", 10);
        assertThat(large).exists();
        onceAt("offer", () -> Files.delete(last));
        endsWith("vanished");
    }

    @Test
    void aFileThatIsNewEndsTheCapture() throws IOException {
        write("a", 1000);
        onceAt("segments", () -> Files.createFile(data.resolve("new")));
        endsWith("new changed, or is new");
    }

    @Test
    void aChangeOfModeEndsTheCapture() throws IOException {
        write("sub/a", 1000);
        onceAt(
                "segments",
                () -> Files.setPosixFilePermissions(data.resolve("sub"), PosixFilePermissions.fromString("rwx-----x")));
        endsWith("sub changed");
    }

    @Test
    void readingAFileIsNoChange() throws IOException {
        Path file = write("a", 1000);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        onceAt("segments", () -> assertThat(Files.readAllBytes(file)).hasSize(1000));
        assertThat(capture().sizes().files()).isEqualTo(2);
    }

    private interface Change {
        void make() throws IOException;
    }

    private void onceAt(String request, Change change) {
        AtomicBoolean done = new AtomicBoolean();
        server.before = path -> {
            if (path.contains(request) && done.compareAndSet(false, true)) {
                try {
                    change.make();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private void endsWith(String... words) {
        int begun = server.parts.size();
        int abandoned = server.abandoned.size();
        refuses(words);
        assertThat(server.parts).hasSize(begun + 1);
        assertThat(server.abandoned).hasSize(abandoned + 1);
        assertThat(server.commits).isZero();
        assertThat(server.snapshotsCommitted).isEmpty();
    }

    private void refuses(String... words) {
        refuses(Set.of(), words);
    }

    private void refuses(Set<String> follow, String... words) {
        assertThatThrownBy(() -> capture(false, follow))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("\nHINT: ")
                .hasMessageContainingAll(words);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
