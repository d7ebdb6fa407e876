package dev.holdfast.agent.source;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.unpack.RawNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A data directory that was looked over and can be captured. */
public final class DataDirectory {
    private final Path root;
    private final SourceTree tree;
    private final long entries;
    private final long bytes;
    private final Instant newest;
    private final List<String> warnings;

    private DataDirectory(Path root, SourceTree tree, long entries, long bytes, Instant newest, List<String> warnings) {
        this.root = root;
        this.tree = tree;
        this.entries = entries;
        this.bytes = bytes;
        this.newest = newest;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Looks a directory over.
     *
     * @param frozen whether a live {@code mongod.lock} is no obstacle
     * @param follow symbolic links to be stored as what they point to, as paths relative to the directory
     * @throws CaptureFailed if it is not there, is in use, has nothing in it, or has something that cannot be captured
     */
    public static DataDirectory open(Path directory, boolean frozen, Set<String> follow) throws InterruptedException {
        Path root = existing(directory);
        List<String> warnings = new ArrayList<>();
        MongodLock lock = MongodLock.of(root);
        if (lock == MongodLock.LIVE && !frozen) {
            throw new CaptureFailed(
                    directory + " is in use: a running process holds " + MongodLock.NAME
                            + "\nHINT: stop mongod, or freeze its files (db.fsyncLock or a file-system snapshot) and say --frozen");
        }
        if (lock == MongodLock.LEFT_BEHIND) {
            warnings.add(MongodLock.NAME + " is not empty but no process holds it: mongod was killed, or this is a"
                    + " file-system snapshot of a running one; a restored mongod will replay its journal");
        }
        SourceTree tree = new SourceTree(root, follow, lock == MongodLock.LIVE);
        Survey survey = new Survey(warnings);
        tree.walk(survey);
        if (!survey.hasData) {
            throw new CaptureFailed(directory + " has no data file in it\nHINT: give the directory that mongod has as"
                    + " --dbpath (storage.dbPath in its configuration)");
        }
        return new DataDirectory(root, tree, survey.entries, survey.bytes, survey.newest, warnings);
    }

    /** Files, directories and links that it has. */
    public long entries() {
        return entries;
    }

    /** Bytes of all files. */
    public long bytes() {
        return bytes;
    }

    /** When the newest of its files was last written. */
    public Instant unchangedSince() {
        return newest;
    }

    /** The storage engine that wrote it, as mongod names it; null when nothing in it tells. */
    public String storageEngine() {
        return StorageEngine.of(root).orElse(null);
    }

    /** What the one who started the capture should know. */
    public List<String> warnings() {
        return warnings;
    }

    /** The directory, links resolved. */
    public Path root() {
        return root;
    }

    /** Begins to read it. */
    public DirectoryReading read() {
        return new DirectoryReading(tree);
    }

    /** Reads a piece of a file that was read before; throws if it has become shorter or cannot be read. */
    public void readAgain(FileEntry entry, long offset, byte[] target, int length) {
        Path place = RawNames.resolve(root, entry.path());
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw SourceTrouble.changed(entry.path());
                }
            }
        } catch (IOException e) {
            throw SourceTrouble.unreadable(entry.path(), e);
        }
    }

    /** Says that a file is not what it was when it was read. */
    public CaptureFailed changed(FileEntry entry) {
        return SourceTrouble.changed(entry.path());
    }

    private static Path existing(Path directory) {
        try {
            Path root = directory.toRealPath();
            if (!Files.isDirectory(root)) {
                throw new CaptureFailed(directory + " is not a directory\nHINT: give the directory that mongod has as"
                        + " --dbpath, not a file in it");
            }
            return root;
        } catch (IOException e) {
            if (Files.notExists(directory)) {
                throw new CaptureFailed(
                        "there is no directory " + directory + "\nHINT: give the directory that mongod"
                                + " has as --dbpath (storage.dbPath in its configuration)",
                        e);
            }
            throw SourceTrouble.unreadable(directory.toString().getBytes(StandardCharsets.UTF_8), e);
        }
    }

    private static final class Survey implements SourceTree.Visitor {
        private final List<String> warnings;
        private long entries;
        private long bytes;
        private boolean hasData;
        private Instant newest = Instant.EPOCH;

        private Survey(List<String> warnings) {
            this.warnings = warnings;
        }

        @Override
        public void entry(FileEntry entry, Path place, FileState state) {
            entries++;
            bytes += entry.size();
            if (entry.type() == FileEntry.Type.FILE) {
                requireReadable(entry, place);
                Instant written = state.mtime().toInstant();
                newest = written.isAfter(newest) ? written : newest;
            }
            hasData |=
                    entry.type() == FileEntry.Type.FILE && !entry.displayPath().equals(MongodLock.NAME);
            if (entry.type() == FileEntry.Type.SYMBOLIC_LINK && entry.linkTarget()[0] == '/') {
                warnings.add("symbolic link " + entry.displayPath() + " has an absolute target, which a restore"
                        + " elsewhere will not have: " + SourceTrouble.display(entry.linkTarget()));
            }
        }

        private static void requireReadable(FileEntry entry, Path place) {
            try {
                place.getFileSystem().provider().checkAccess(place, AccessMode.READ);
            } catch (IOException e) {
                throw SourceTrouble.unreadable(entry.path(), e);
            }
        }

        @Override
        public void leftOut(byte[] path, String why) {
            warnings.add(SourceTrouble.display(path) + ": " + why);
        }
    }
}
