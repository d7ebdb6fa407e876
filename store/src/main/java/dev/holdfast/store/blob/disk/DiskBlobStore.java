package dev.holdfast.store.blob.disk;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobNames;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Blobs as files below one folder, each readable by its owner only. Several processes may have the same one open. */
public final class DiskBlobStore implements BlobStore {
    /** The folder of unfinished blobs; no blob's name begins with it. */
    static final String TEMPORARY = "tmp";

    /** Older than any write in progress: a pack of a stalled upload is touched at least once a day, or given up. */
    private static final Duration LEFTOVER_AGE = Duration.ofDays(1);

    private final Path root;
    private final Path temporary;
    private final Clock clock;

    private DiskBlobStore(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
        this.temporary = root.resolve(TEMPORARY);
    }

    /**
     * Opens the blobs below {@code root}. The folder need not exist: it is made when the first blob is.
     *
     * @param clock tells which unfinished blobs are old enough to be what a crash left
     */
    public static DiskBlobStore open(Path root, Clock clock) {
        DiskBlobStore store = new DiskBlobStore(real(root), clock);
        store.giveUpUnfinished(LEFTOVER_AGE.toMillis());
        return store;
    }

    /** The same, but leaves what a crash left: changes nothing. */
    public static DiskBlobStore look(Path root, Clock clock) {
        return new DiskBlobStore(real(root), clock);
    }

    /** A store on another disk may be linked to. A walk does not follow links, the one it begins at included. */
    private static Path real(Path root) {
        Path normal = root.toAbsolutePath().normalize();
        try {
            return Files.isSymbolicLink(normal) ? normal.toRealPath() : normal;
        } catch (IOException e) {
            throw new Unavailable(
                    "the store " + root + " is a link that leads nowhere: " + e
                            + "\nHINT: is the disk mounted that it leads to?",
                    e);
        }
    }

    @Override
    public BlobWriter create(String name) {
        return begin(name, false);
    }

    @Override
    public BlobWriter replacement(String name) {
        return begin(name, true);
    }

    private BlobWriter begin(String name, boolean replaces) {
        requireName(name);
        try {
            return DiskBlobWriter.begin(name, root, replaces);
        } catch (IOException e) {
            throw DiskTrouble.unavailable("write", name, root, e);
        }
    }

    @Override
    public BlobReader open(String name) {
        Path file = path(name);
        try {
            if (Files.isDirectory(file)) {
                throw new NoSuchBlob(name); // it would open, and fail to be read
            }
            return new DiskBlobReader(name, file);
        } catch (NoSuchFileException e) {
            throw new NoSuchBlob(name);
        } catch (IOException e) {
            throw DiskTrouble.unavailable("open", name, root, e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        return survey(prefix).stream().map(BlobEntry::name).toList();
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        if (!folder.isEmpty() && !BlobNames.isValid(folder.substring(0, folder.length() - 1))) {
            return List.of();
        }
        List<BlobEntry> blobs = new ArrayList<>();
        try {
            Files.walkFileTree(root.resolve(folder), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    String below = dir.equals(root) ? "" : root.relativize(dir) + "/";
                    boolean mayMatch = below.startsWith(prefix) || prefix.startsWith(below);
                    return mayMatch && !dir.equals(temporary) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = root.relativize(file).toString();
                    if (attributes.isRegularFile() && name.startsWith(prefix) && BlobNames.isValid(name)) {
                        blobs.add(new BlobEntry(name, attributes.size(), written(attributes.lastModifiedTime())));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // deleted while we looked
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw DiskTrouble.unavailable("list", prefix, root, e);
        }
        blobs.sort(Comparator.comparing(BlobEntry::name));
        return blobs;
    }

    /** A blob is renamed into place, so a file's time is when its last byte was written. */
    private static OptionalLong written(FileTime modified) {
        return OptionalLong.of(modified.toMillis());
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        try {
            BasicFileAttributes file = Files.readAttributes(path(name), BasicFileAttributes.class);
            return file.isRegularFile() ? written(file.lastModifiedTime()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw DiskTrouble.unavailable("look at", name, root, e);
        }
    }

    @Override
    public OptionalLong clockMillis() {
        return OptionalLong.empty();
    }

    @Override
    public boolean delete(String name) {
        Path file = path(name);
        try {
            if (!Files.isRegularFile(file) || !Files.deleteIfExists(file)) {
                return false;
            }
            Folders.force(file.getParent());
            return true;
        } catch (IOException e) {
            throw DiskTrouble.unavailable("delete", name, root, e);
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return root.toString();
    }

    private Path path(String name) {
        requireName(name);
        return root.resolve(name);
    }

    private static void requireName(String name) {
        BlobNames.require(name);
        if (name.equals(TEMPORARY) || name.startsWith(TEMPORARY + "/")) {
            throw new IllegalArgumentException("the name is kept for unfinished blobs: " + name);
        }
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        if (!Files.isDirectory(temporary)) {
            return 0;
        }
        Instant before = clock.instant().minusMillis(ageMillis);
        int count = 0;
        try (var files = Files.newDirectoryStream(temporary, "*" + DiskBlobWriter.SUFFIX)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before) && Files.deleteIfExists(file)) {
                    count++;
                }
            }
        } catch (NoSuchFileException e) {
            // another process finished or swept it; what is left waits for the next one that opens the store
        } catch (IOException e) {
            throw DiskTrouble.unavailable("sweep", TEMPORARY, root, e);
        }
        return count;
    }
}
