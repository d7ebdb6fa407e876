package dev.holdfast.store.blob.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobStoreContract;
import dev.holdfast.store.blob.BlobWriter;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest extends BlobStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    @Override
    protected BlobStore make() {
        return store();
    }

    private DiskBlobStore store() {
        return DiskBlobStore.open(folder.resolve("data"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void opening_makesNoFolder() {
        assertThat(store().list("")).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void folderThatIsALinkToAnotherDisk_isTheStoreThere() throws IOException {
        store().put("a/b", new byte[] {1});
        Path elsewhere = Files.move(folder.resolve("data"), folder.resolve("disk"));
        Files.createSymbolicLink(folder.resolve("data"), elsewhere);
        assertThat(store().list("")).containsExactly("a/b");
        store().put("c", new byte[] {2});
        assertThat(elsewhere.resolve("c")).exists();
        Files.move(elsewhere, folder.resolve("unmounted"));
        assertThatThrownBy(this::store).isInstanceOf(Unavailable.class).hasMessageContaining("leads nowhere");
    }

    @Test
    void blobs_areReadableByTheirOwnerOnly() throws IOException {
        store().put("a/b", new byte[] {1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/a/b"))))
                .isEqualTo("rw-------");
    }

    @Test
    void ageOfABlob_isThatOfItsFile() throws IOException {
        store().put("a/b", new byte[] {1});
        touch(folder.resolve("data/a/b"), Duration.ofHours(25));
        long modified = Files.getLastModifiedTime(folder.resolve("data/a/b")).toMillis();
        assertThat(store().writtenMillis("a/b")).hasValue(modified);
        assertThat(store().writtenMillis("a/c")).isEmpty();
    }

    @Test
    void neitherCommitNorGivingUp_leavesTemporaryFiles() throws IOException {
        DiskBlobStore blobs = store();
        blobs.put("a", new byte[] {1});
        try (BlobWriter writer = blobs.create("b")) {
            writer.write(ByteBuffer.allocate(100));
        }
        try (BlobWriter writer = blobs.create("a")) {
            assertThatThrownBy(writer::commit).hasMessageContaining("a blob a already");
        }
        assertThat(folder.resolve("data/tmp")).isEmptyDirectory();
    }

    @Test
    void unfinishedFiles_areSweptWhenADayOld_andOtherFilesNever() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("data/tmp"));
        Path old = touch(temporary.resolve("1.part"), Duration.ofHours(25));
        Path young = touch(temporary.resolve("2.part"), Duration.ofHours(23));
        Path foreign = touch(temporary.resolve("notes.txt"), Duration.ofDays(99));
        assertThat(store().list("")).isEmpty();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void filesThatCannotBeBlobs_areNotListed() throws IOException {
        Files.createDirectories(folder.resolve("data/Lost+Found"));
        Files.writeString(folder.resolve("data/Lost+Found/x"), "x");
        Files.writeString(folder.resolve("data/README"), "x");
        assertThat(store().list("")).isEmpty();
    }

    @Test
    void theTemporaryFolder_isNoPlaceForBlobs() {
        assertThatThrownBy(() -> store().create("tmp/x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheDiskRefuses_isUnavailable_withAHint_andLeavesNothing() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/a"), "a file where a folder should be");
        DiskBlobStore blobs = store();
        assertThatThrownBy(() -> blobs.put("a/b", new byte[] {1}))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cannot write a/b")
                .hasMessageContaining("HINT:");
        assertThat(folder.resolve("data/tmp")).isEmptyDirectory();
    }

    @Test
    void fullDisk_hintsAtSpace() {
        // the kernel's device that is always full stands for a full file system
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full));
        assertThatThrownBy(() -> {
                    try (var channel =
                            java.nio.channels.FileChannel.open(full, java.nio.file.StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.allocate(1));
                    } catch (IOException e) {
                        throw DiskTrouble.unavailable("write", "packs/x", folder, e);
                    }
                })
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        trouble -> assertThat(trouble.isFull()).isTrue())
                .hasMessageContaining("No space left")
                .hasMessageContaining("HINT: free space");
    }

    private static Path touch(Path file, Duration age) throws IOException {
        Files.writeString(file, "x");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return file;
    }

    @Test
    void largeBlobs_leaveNoLargeBufferBehindInTheThread() throws Exception {
        DiskBlobStore blobs = store();
        byte[] large = new byte[20 << 20];
        new java.util.Random(1).nextBytes(large);
        byte[] read = new byte[large.length];
        long[] kept = new long[2];
        Thread thread = new Thread(() -> {
            long before = directBytes();
            blobs.put("large", large);
            kept[0] = directBytes() - before;
            try (var reader = blobs.open("large")) {
                assertThat(reader.read(0, ByteBuffer.wrap(read))).isEqualTo(read.length);
            }
            kept[1] = directBytes() - before;
        });
        thread.start();
        thread.join();
        assertThat(kept[0]).isLessThan(2 << 20);
        assertThat(kept[1]).isLessThan(2 << 20);
        assertThat(read).isEqualTo(large);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
