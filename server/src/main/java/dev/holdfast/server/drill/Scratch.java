package dev.holdfast.server.drill;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder for a drill, readable by its owner only, that is gone with everything in it when it is closed. A lock file in
 * it is held meanwhile, so that what a crash left can be told from what is in use.
 */
final class Scratch implements AutoCloseable {
    private static final String PREFIX = "holdfast-drill-";
    private static final String LOCK = "drill.lock";

    private final Path folder;
    private final FileChannel lock;

    private Scratch(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes one below {@code place}, and removes those that a crash left there. */
    static Scratch make(Path place) {
        try {
            Files.createDirectories(place);
            removeLeftovers(place);
            Path folder = Files.createTempDirectory(
                    place, PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lock =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new IOException("the new lock of " + folder + " is taken");
            }
            return new Scratch(folder, lock);
        } catch (IOException e) {
            throw trouble(place, e);
        }
    }

    /** An empty folder in it for the next part; the one before is removed. */
    Path part() {
        Path part = folder.resolve("part");
        try {
            remove(part);
            return Files.createDirectory(part);
        } catch (IOException e) {
            throw trouble(part, e);
        }
    }

    /** Bytes that may still be written. */
    long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw trouble(folder, e);
        }
    }

    @Override
    public void close() {
        try {
            remove(folder);
            lock.close();
        } catch (IOException e) {
            throw trouble(folder, e);
        }
    }

    private static void removeLeftovers(Path place) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path folder : left) {
                Path file = folder.resolve(LOCK);
                if (!Files.isRegularFile(file)) {
                    continue; // another drill is just making it, or it is none of ours
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                        FileLock held = channel.tryLock()) {
                    if (held != null) {
                        remove(folder);
                    }
                } catch (OverlappingFileLockException e) {
                    // a drill of this very process
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        // does not follow links
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Unavailable trouble(Path path, IOException e) {
        return new Unavailable(
                "the scratch folder " + path + " cannot be used: " + e
                        + "\nHINT: name another one, on a disk with room that this user may write to.",
                e);
    }
}
