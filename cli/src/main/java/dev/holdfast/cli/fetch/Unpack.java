package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks an archive into a folder of its own, which gets its name when all is in it. Nothing is ever written outside of
 * it or through a link: links are made last, and none that leads out.
 */
public final class Unpack {
    private static final String SUFFIX = ".tar.gz";
    private static final int BUFFER = 1 << 20;

    private final Path root;
    private final String top;
    private final Map<Path, TarArchiveEntry> folders = new LinkedHashMap<>();
    private final Map<Path, TarArchiveEntry> links = new LinkedHashMap<>();

    private Unpack(Path root, String top) {
        this.root = root;
        this.top = top;
    }

    /** Where {@code archive} is when it is unpacked. A folder of that name is complete: it got the name last. */
    public static Path target(Path archive, Path folder) {
        String name = archive.getFileName().toString();
        return folder.resolve(name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
    }

    /**
     * Unpacks {@code archive}.
     *
     * @param folder where its top folder shall be
     * @return the top folder
     * @throws CliTrouble if it is there already, or the archive is damaged or wants more than it may
     */
    public static Path into(Path archive, Path folder) throws IOException {
        Path target = target(archive, folder);
        String top = target.getFileName().toString();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw CliTrouble.failed(target + " is there already", "move it away, or name another folder with --to.");
        }
        Path unpacking = folder.resolve("." + top + ".unpacking");
        deleteAll(unpacking); // of a run that died
        createOwn(unpacking);
        try {
            new Unpack(unpacking, top).run(archive);
        } catch (CliTrouble trouble) {
            throw trouble;
        } catch (IOException e) {
            throw CliTrouble.failed(
                    archive + " could not be unpacked: " + e,
                    "the archive itself is there and was checked. Is there room? Run the same command again.");
        }
        Path whole = unpacking.resolve(top);
        if (!Files.isDirectory(whole, LinkOption.NOFOLLOW_LINKS)) {
            throw damaged(archive + " has no folder " + top);
        }
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(unpacking);
        return target;
    }

    /** What is in it has not got its own modes yet. */
    private static void createOwn(Path folder) throws IOException {
        Files.createDirectory(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void run(Path archive) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GzipCompressorInputStream(file, true), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar);
            }
        }
        for (Map.Entry<Path, TarArchiveEntry> link : links.entrySet()) {
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue().getLinkName()));
        }
        // from the inside out: a folder's time changes with its entries, and it may be closed to its owner
        ArrayDeque<Map.Entry<Path, TarArchiveEntry>> outward = new ArrayDeque<>(folders.entrySet());
        while (!outward.isEmpty()) {
            Map.Entry<Path, TarArchiveEntry> last = outward.removeLast();
            finish(last.getKey(), last.getValue());
        }
    }

    private void unpack(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        Path path = place(entry.getName());
        makeFolders(path.getParent());
        if (entry.isDirectory()) {
            makeFolders(path);
            folders.put(path, entry);
        } else if (entry.isSymbolicLink()) {
            Path to = path.getParent().resolve(entry.getLinkName()).normalize();
            if (!to.startsWith(root.resolve(top))) {
                throw damaged("the link " + entry.getName() + " leads out of the archive");
            }
            links.put(path, entry);
        } else if (entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM) {
            Files.copy(tar, path); // never over anything: every name comes once
            finish(path, entry);
        } else {
            throw damaged(entry.getName() + " is neither file, folder nor symbolic link");
        }
    }

    private Path place(String name) throws CliTrouble {
        try {
            Path given = Path.of(name);
            boolean plain = !given.isAbsolute() && given.getNameCount() > 0 && given.startsWith(top);
            for (Path part : given) {
                plain &= !part.toString().equals("..")
                        && !part.toString().equals(".")
                        && !part.toString().isEmpty();
            }
            if (plain) {
                return root.resolve(given);
            }
        } catch (InvalidPathException e) {
            throw damaged("no file of this system can have the name " + name);
        }
        throw damaged("an entry wants to be outside of " + top + ": " + name);
    }

    private void makeFolders(Path path) throws IOException {
        if (path.equals(root) || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        makeFolders(path.getParent());
        Files.createDirectory(path);
    }

    private static void finish(Path path, TarArchiveEntry entry) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
        Files.setLastModifiedTime(
                path, FileTime.from(entry.getLastModifiedTime().toInstant()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // OWNER_READ is the highest of nine bits
        for (int i = 0; i < all.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    private static CliTrouble damaged(String what) {
        return new CliTrouble(
                Exit.DAMAGED, what + "\nHINT: do not trust this archive. Is it the file that the server gave?");
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
