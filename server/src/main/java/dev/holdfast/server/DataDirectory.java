package dev.holdfast.server;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Everything that one node keeps on its disk.
 *
 * <pre>
 * DATA/holdfast.db      rows (unless PostgreSQL has them)
 * DATA/secrets.key      signs nonces, encrypts what is kept of private keys; several nodes share a copy
 * DATA/store/           the snapshot store; docs/format.md
 * DATA/store.bucket     says in which bucket the store is, when it is in one
 * DATA/spool/           file lists on their way in; emptied at start
 * DATA/drills/          scratch folders of drills; empty between them
 * DATA/serve.lock       held by the one process that serves the directory
 * </pre>
 *
 * @param root the directory
 */
public record DataDirectory(Path root) {
    /** The embedded database. */
    public Path database() {
        return root.resolve("holdfast.db");
    }

    /** The secrets. */
    public Path secrets() {
        return root.resolve("secrets.key");
    }

    /** The store. */
    public Path store() {
        return root.resolve("store");
    }

    /** Says in which bucket the store is; absent when it is in {@link #store}. */
    public Path bucket() {
        return root.resolve("store.bucket");
    }

    /** Where bodies are kept while they come in. */
    public Path spool() {
        return root.resolve("spool");
    }

    /** Where drills restore to. */
    public Path drills() {
        return root.resolve("drills");
    }

    /** Whether someone has made it already. */
    public boolean exists() {
        return Files.exists(secrets()) || Files.exists(database()) || Files.exists(store());
    }

    /** Makes the directory, readable by its owner only, if it is not there. */
    public void create() {
        try {
            if (Files.notExists(root)) {
                Files.createDirectories(root.toAbsolutePath().getParent());
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.createDirectories(store());
            Files.createDirectories(spool());
        } catch (IOException e) {
            throw new Unavailable(
                    "the data directory " + root + " cannot be made: " + reason(e)
                            + "\nHINT: name a directory that this user may write to with --data.",
                    e);
        }
    }

    /**
     * Takes the directory for this process until the lock is closed (or the process ends, however it does).
     *
     * @throws Unavailable if another process serves it
     */
    public Lock lock() {
        Path file = root.resolve("serve.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new Unavailable("another process serves the data directory " + root
                        + "\nHINT: stop it, or give this one a directory of its own with --data.");
            }
            return new Lock(channel);
        } catch (IOException e) {
            throw new Unavailable(
                    "the data directory " + root + " cannot be locked: " + reason(e)
                            + "\nHINT: serve it as the user who made it, on a file system that can be written to.",
                    e);
        }
    }

    /** Whether a process serves the directory now; changes nothing. */
    public boolean isServed() {
        Path file = root.resolve("serve.lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // shared, so that two who look do not take each other for a server
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false; // nobody ever served it, or not this user's business
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e instanceof AccessDeniedException ? "permission denied" : e.toString();
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process holds it
        }
    }

    /** The hold on a data directory. */
    public static final class Lock implements AutoCloseable {
        private final FileChannel channel;

        private Lock(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new Unavailable("the lock of the data directory cannot be let go", e);
            }
        }
    }
}
