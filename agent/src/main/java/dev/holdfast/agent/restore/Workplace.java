package dev.holdfast.agent.restore;

import dev.holdfast.agent.archive.Unpacking;
import dev.holdfast.agent.work.TaskFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The files of one restore beside the directory that it is for; the package's story tells what each means. */
final class Workplace implements AutoCloseable {
    private final Path target;
    private final Path folder;
    private final Path ready;
    private final FileChannel lockFile;

    private Workplace(Path target, Path folder, Path ready, FileChannel lockFile) {
        this.target = target;
        this.folder = folder;
        this.ready = ready;
        this.lockFile = lockFile;
    }

    /**
     * Takes the place of a job beside its target, and deletes what earlier jobs left there.
     *
     * @throws TaskFailed if another attempt has it
     */
    static Workplace take(Path target, String job) throws IOException {
        Path parent = target.getParent();
        String prefix = "." + target.getFileName() + ".holdfast-";
        Path folder = parent.resolve(prefix + job);
        Path ready = parent.resolve(prefix + job + ".ready");
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            requireOurs(folder, e);
        }
        FileChannel lockFile = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw busy(folder);
            }
            return new Workplace(target, folder, ready, lockFile);
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw busy(folder);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Others can write into the parent perhaps, and what they prepared must not be taken for ours. */
    private static void requireOurs(Path folder, IOException why) throws IOException {
        boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        if (!isFolder || !Files.getPosixFilePermissions(folder).equals(PosixFilePermissions.fromString("rwx------"))) {
            throw new TaskFailed(folder + " is there and is not of this agent\nHINT: move it away", false, why);
        }
    }

    private static TaskFailed busy(Path folder) {
        return new TaskFailed(
                "another attempt is at work in " + folder + "\nHINT: is another agent running for this host?", true);
    }

    Path archive() {
        return folder.resolve("archive");
    }

    Path files() {
        return folder.resolve("files");
    }

    /** Whether the directory is there already, by an earlier attempt at the same job. */
    boolean isDone() throws IOException {
        return Files.exists(ready, LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(files(), LinkOption.NOFOLLOW_LINKS)
                && !isVacant(target);
    }

    /** Whether {@code files} is whole, by an earlier attempt that did not come to the renaming. */
    boolean isReady() {
        return Files.exists(ready, LinkOption.NOFOLLOW_LINKS) && Files.exists(files(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes what an earlier attempt unpacked in part. */
    void clearFiles() throws IOException {
        Files.deleteIfExists(ready);
        deleteTree(files());
    }

    /** Says that {@code files} is whole and on disk. */
    void setReady() throws IOException {
        Unpacking.sync(folder);
        try (FileChannel channel = FileChannel.open(
                ready, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
        Unpacking.sync(target.getParent());
    }

    /**
     * Makes {@code files} the target, at once and whole.
     *
     * @throws TaskFailed if the target is not empty any more
     */
    void install() throws IOException {
        try {
            Files.move(files(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new TaskFailed(mounted(target), false, e);
        } catch (FileSystemException e) {
            if (!isVacant(target)) {
                throw new TaskFailed(notEmpty(target), false, e);
            }
            throw e;
        }
        Unpacking.sync(target.getParent());
    }

    /** Deletes everything but {@code ready}. */
    void clear() throws IOException {
        deleteTree(folder);
    }

    /** Deletes what other jobs left beside the target: nobody will ask for those any more. */
    void clearOthers() throws IOException {
        String prefix = "." + target.getFileName() + ".holdfast-";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                target.getParent(), path -> path.getFileName().toString().startsWith(prefix))) {
            for (Path path : all) {
                if (!path.equals(folder) && !path.equals(ready)) {
                    requireUnused(path);
                    deleteTree(path);
                }
            }
        }
    }

    private static void requireUnused(Path folder) throws IOException {
        Path lock = folder.resolve("lock");
        if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw busy(folder);
            }
        } catch (OverlappingFileLockException e) {
            throw busy(folder);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Whether there is no such file, or an empty directory. */
    static boolean isVacant(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    static String notEmpty(Path target) {
        return target
                + " is not an empty directory\nHINT: a restore never touches data that is there; stop mongod, move"
                + " the directory away, and create another restore job";
    }

    static String mounted(Path target) {
        return target
                + " is the root of a file system, which cannot appear at once and whole\nHINT: let mongod's dbPath"
                + " be a directory below the mount point";
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                // what was captured read-only must not be what keeps us from clearing up
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
