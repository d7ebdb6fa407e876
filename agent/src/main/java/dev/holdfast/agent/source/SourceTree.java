package dev.holdfast.agent.source;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.unpack.RawNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Walks over a data directory in archive order: a directory before what is in it, siblings in the order of their bytes.
 * The same tree always gives the same walk.
 */
final class SourceTree {
    // mongod writes its measurements there even while the data files are frozen
    private static final String DIAGNOSTICS = "diagnostic.data";
    private static final byte[] NO_TARGET = {};

    private final Path root;
    private final Set<String> follow;
    private final boolean leaveOutDiagnostics;
    private final Owners owners = new Owners();

    /** Over {@code root}, an absolute path without links. */
    SourceTree(Path root, Set<String> follow, boolean leaveOutDiagnostics) {
        this.root = root;
        this.follow = follow;
        this.leaveOutDiagnostics = leaveOutDiagnostics;
    }

    /** Meets what is in the tree. */
    interface Visitor {
        /** A file, directory or link that belongs to the snapshot; {@code place} is where it is read. */
        void entry(FileEntry entry, Path place, FileState state) throws InterruptedException;

        /** Something that does not, and why. */
        default void leftOut(byte[] path, String why) {}
    }

    /** Walks. A {@link CaptureFailed} names what cannot be captured. */
    void walk(Visitor visitor) throws InterruptedException {
        Walk walk = new Walk(visitor);
        byte[] path = {};
        try {
            walk.directory(root, path, FileState.of(root), root);
        } catch (IOException e) {
            throw SourceTrouble.unreadable(path, e);
        }
        walk.links.requireAllFollowed();
    }

    private final class Walk {
        private final SymbolicLinks links = new SymbolicLinks(root, follow);
        private final Visitor visitor;

        private Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        private void directory(Path place, byte[] path, FileState state, Path region) throws InterruptedException {
            visitor.entry(entry(FileEntry.Type.DIRECTORY, place, path, state, NO_TARGET), place, state);
            if (leaveOutDiagnostics && SourceTrouble.display(path).equals(DIAGNOSTICS)) {
                visitor.leftOut(
                        path, "what is in it was left out: mongod writes there even while its files are frozen");
                return;
            }
            for (Name name : names(place, path)) {
                byte[] child = join(path, name.bytes);
                try {
                    child(name.place, child, FileState.of(name.place), region);
                } catch (IOException e) {
                    throw SourceTrouble.unreadable(child, e);
                }
            }
        }

        private void child(Path place, byte[] path, FileState state, Path region)
                throws IOException, InterruptedException {
            switch (state.kind()) {
                case DIRECTORY -> directory(place, path, state, region);
                case FILE -> visitor.entry(entry(FileEntry.Type.FILE, place, path, state, NO_TARGET), place, state);
                case SYMBOLIC_LINK -> {
                    Path end = links.follow(path, place, region);
                    if (end != null) {
                        child(end, path, FileState.of(end), end);
                    } else {
                        byte[] target = RawNames.ofTarget(Files.readSymbolicLink(place), state.size());
                        visitor.entry(entry(FileEntry.Type.SYMBOLIC_LINK, place, path, state, target), place, state);
                    }
                }
                case FIFO -> visitor.leftOut(path, "a FIFO holds no data and was left out");
                case SOCKET -> visitor.leftOut(path, "a socket holds no data and was left out");
                case DEVICE ->
                    throw new CaptureFailed(SourceTrouble.display(path) + " is a device, which a snapshot cannot hold\n"
                            + "HINT: a data directory has none; is " + root + " the right one?");
            }
        }
    }

    private FileEntry entry(FileEntry.Type type, Path place, byte[] path, FileState state, byte[] target) {
        try {
            return new FileEntry(
                    type,
                    path,
                    state.mode(),
                    state.uid(),
                    state.gid(),
                    owners.user(place, state.uid()),
                    owners.group(place, state.gid()),
                    state.mtime().toInstant().getEpochSecond(),
                    state.mtime().toInstant().getNano(),
                    type == FileEntry.Type.FILE ? state.size() : 0,
                    target);
        } catch (IOException e) {
            throw SourceTrouble.unreadable(path, e);
        } catch (IllegalArgumentException e) {
            throw new CaptureFailed(
                    SourceTrouble.display(path) + " cannot be captured: " + e.getMessage()
                            + "\nHINT: paths and link targets have at most " + FileEntry.MAX_PATH + " bytes",
                    e);
        }
    }

    private record Name(Path place, byte[] bytes) {}

    private static List<Name> names(Path directory, byte[] path) {
        List<Name> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path place : stream) {
                names.add(new Name(place, RawNames.ofRelative(place.getFileName())));
            }
        } catch (DirectoryIteratorException e) {
            throw SourceTrouble.unreadable(path, e.getCause());
        } catch (IOException e) {
            throw SourceTrouble.unreadable(path, e);
        }
        names.sort((a, b) -> Arrays.compareUnsigned(a.bytes, b.bytes));
        return names;
    }

    private static byte[] join(byte[] directory, byte[] name) {
        if (directory.length == 0) {
            return name;
        }
        byte[] joined = Arrays.copyOf(directory, directory.length + 1 + name.length);
        joined[directory.length] = '/';
        System.arraycopy(name, 0, joined, directory.length + 1, name.length);
        return joined;
    }
}
