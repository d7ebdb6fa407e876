package dev.holdfast.unpack;

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
public final class Workplace implements AutoCloseable {
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
     * Takes the place of a job beside its target.
     *
     * @param target a directory to be; absolute
     * @param job what is restored: another attempt at the same goes on in the same place
     * @throws PlaceTrouble if another attempt has it
     */
    public static Workplace take(Path target, String job) throws IOException {
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

    /** Whether an attempt at that job began, or ended. */
    public static boolean isBegun(Path target, String job) {
        String name = "." + target.getFileName() + ".holdfast-" + job;
        return Files.exists(target.resolveSibling(name), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(target.resolveSibling(name + ".ready"), LinkOption.NOFOLLOW_LINKS);
    }

    /** Others can write into the parent perhaps, and what they prepared must not be taken for ours. */
    private static void requireOurs(Path folder, IOException why) throws IOException {
        boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        if (!isFolder || !Files.getPosixFilePermissions(folder).equals(PosixFilePermissions.fromString("rwx------"))) {
            throw new PlaceTrouble(
                    folder + " is there, and it is not of a restore of this user\nHINT: move it away", false, why);
        }
    }

    private static PlaceTrouble busy(Path folder) {
        return new PlaceTrouble(
                "another attempt is at work in " + folder
                        + "\nHINT: is another agent running for this host, or another fetch?",
                true);
    }

    /** Where the archive comes in. */
    public Path archive() {
        return folder.resolve("archive");
    }

    /** What becomes the target. */
    public Path files() {
        return folder.resolve("files");
    }

    /** Whether the directory is there already, by an earlier attempt at the same job. */
    public boolean isDone() throws IOException {
        return Files.exists(ready, LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(files(), LinkOption.NOFOLLOW_LINKS)
                && !isVacant(target);
    }

    /** Whether {@code files} is whole, by an earlier attempt that did not come to the renaming. */
    public boolean isReady() {
        return Files.exists(ready, LinkOption.NOFOLLOW_LINKS) && Files.exists(files(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes what an earlier attempt unpacked in part. */
    public void clearFiles() throws IOException {
        Files.deleteIfExists(ready);
        deleteTree(files());
    }

    /** Says that {@code files} is whole and on disk. */
    public void setReady() throws IOException {
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
     * @throws PlaceTrouble if the target is not empty any more
     */
    public void install() throws IOException {
        try {
            Files.move(files(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new PlaceTrouble(mounted(target), false, e);
        } catch (FileSystemException e) {
            if (!isVacant(target)) {
                throw new PlaceTrouble(notEmpty(target), false, e);
            }
            throw e;
        }
        Unpacking.sync(target.getParent());
    }

    /** Deletes everything but {@code ready}. */
    public void clear() throws IOException {
        deleteTree(folder);
    }

    /** Deletes what other jobs left beside the target: nobody will ask for those any more. */
    public void clearOthers() throws IOException {
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
    public static boolean isVacant(Path directory) throws IOException {
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

    /**
     * Looks whether a directory can appear at {@code target}, at once and whole.
     *
     * @throws PlaceTrouble if there is nothing that it could be in, or it is a link or the root of a file system
     */
    public static void requirePlace(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null || target.getFileName() == null || !Files.isDirectory(parent)) {
            throw new PlaceTrouble(
                    "there is no directory that " + target + " could be in\nHINT: create " + parent, false);
        }
        if (Files.isSymbolicLink(target)) {
            throw new PlaceTrouble(target + " is a symbolic link\nHINT: name the directory that it points to", false);
        }
        boolean mounted = Files.exists(target)
                && !Files.getAttribute(target, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"));
        if (mounted) {
            throw new PlaceTrouble(mounted(target), false);
        }
    }

    /** What to say of a target that has something in it. */
    public static String notEmpty(Path target) {
        return target
                + " is not an empty directory\nHINT: a restore never touches data that is there; stop mongod, move"
                + " the directory away, and create another restore job";
    }

    private static String mounted(Path target) {
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
