package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A file that comes to be: {@code NAME.part} and its journal. Open means locked. */
final class PartFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final Path journalFile;
    private final FileChannel channel;

    private PartFile(Path target, Path part, Path journalFile, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.journalFile = journalFile;
        this.channel = channel;
    }

    /**
     * Opens or makes it.
     *
     * @throws CliTrouble if another fetch has it
     */
    static PartFile open(Path target) throws IOException {
        Path part = beside(target, ".part");
        // other people's data: for nobody else's eyes until its owner says otherwise
        FileAttribute<?>[] own =
                target.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        FileChannel channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), own);
        if (!lock(channel)) {
            channel.close();
            throw CliTrouble.failed("another fetch is at work on " + part, "wait for it, or end it.");
        }
        return new PartFile(target, part, journal(target), channel);
    }

    static Path journal(Path target) {
        return beside(target, ".part.journal");
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // in this very process
        }
    }

    /** What an earlier run left, as far as the file really has it. */
    Optional<Journal> journal() throws IOException {
        Optional<Journal> journal = Journal.read(journalFile);
        long length = channel.size();
        return journal.map(found -> found.having(found.have().below(length)));
    }

    /** Forces what was written so far to the disk, then says so. {@code journal} must not say more. */
    void checkpoint(Journal journal) throws IOException {
        try {
            channel.force(false);
            journal.write(journalFile);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void write(long position, ByteBuffer bytes) throws IOException {
        long next = position;
        try {
            while (bytes.hasRemaining()) {
                next += channel.write(bytes, next);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private CliTrouble unwritable(IOException e) {
        return new CliTrouble(
                Exit.NO_SPACE,
                part + " cannot be written: " + e.getMessage()
                        + "\nHINT: make room and run the same command again; it goes on where it was.",
                e);
    }

    Path path() {
        return part;
    }

    /** It is whole and checked: gives it its name. */
    void finish() throws IOException {
        channel.force(true);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true); // the new name must last before the journal goes
        }
        Files.deleteIfExists(journalFile);
    }

    /** It is not what was promised: puts it aside, so that the next run begins anew. */
    Path reject() throws IOException {
        Path aside = beside(target, ".damaged");
        Files.deleteIfExists(journalFile);
        Files.move(part, aside, StandardCopyOption.REPLACE_EXISTING);
        return aside;
    }

    /** It is not wanted any more: the next run begins anew. */
    void discard() throws IOException {
        Files.deleteIfExists(journalFile);
        Files.deleteIfExists(part);
    }

    /** Reads it from the front while it comes in. */
    Arriving arriving(Received received, long size) {
        return new Arriving(channel, received, size);
    }

    /** One that was never begun leaves nothing. */
    @Override
    public void close() throws IOException {
        if (!Files.exists(journalFile) && channel.size() == 0) {
            Files.deleteIfExists(part);
        }
        channel.close();
    }
}
