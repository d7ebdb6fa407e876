package dev.holdfast.store.packed;

import dev.holdfast.contract.agentapi.FileEntry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Holds a file list to archive order: a directory before what is in it, siblings in the order of their bytes, each once.
 * Then no entry lies below a link or a file, and none comes twice: a forged list could otherwise have an unpacker write
 * through a link. Remembers one path for each level of folders.
 */
final class ArchiveOrder {
    /** A directory that may still get entries, and the last one that it got. */
    private static final class Open {
        private final byte[] path;
        private byte[] last;

        Open(byte[] path) {
            this.path = path;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();

    /** Takes the next entry; an {@link IOException} names the one that is out of order. */
    void next(FileEntry entry) throws IOException {
        byte[] path = entry.path();
        if (path.length > 0) {
            Open parent = parent(entry);
            if (parent.last != null && Arrays.compareUnsigned(parent.last, path) >= 0) {
                throw new IOException("entry " + entry.displayPath()
                        + " of the file list comes twice, or after one that" + " should come after it");
            }
            parent.last = path;
        }
        if (entry.type() == FileEntry.Type.DIRECTORY) {
            open.push(new Open(path));
        }
    }

    /** Leaves directories until the one that the entry is in. */
    private Open parent(FileEntry entry) throws IOException {
        byte[] path = entry.path();
        int slash = path.length - 1;
        while (slash > 0 && path[slash] != '/') {
            slash--;
        }
        while (!open.isEmpty()) {
            byte[] directory = open.element().path;
            if (Arrays.equals(directory, 0, directory.length, path, 0, slash)) {
                return open.element();
            }
            open.pop();
        }
        throw new IOException("entry " + entry.displayPath() + " of the file list is in no directory that the list has"
                + " just before it");
    }
}
