package dev.holdfast.agent.earlier;

import dev.holdfast.agent.source.FileIdentity;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.chunk.BlockId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The notes of one capture, those that it finds and those that it makes. Reading and writing may go on in two threads,
 * each of them in one.
 */
public final class CaptureNotes implements AutoCloseable {
    private final Path file;
    private final Instant start;
    private EarlierCapture earlier;
    private NotesWriter writer;
    private volatile String trouble;

    private CaptureNotes(Path file, Instant start) {
        this.file = file;
        this.start = start;
    }

    /** None: every file is read, and nothing is noted. */
    public static CaptureNotes none() {
        return new CaptureNotes(null, Instant.EPOCH);
    }

    /**
     * Notes in a folder, which is made if it is not there.
     *
     * @param of what is captured and where it goes; notes of another text are never found
     * @param start when the capture began to look at the directory, by the clock of this machine
     */
    public static CaptureNotes in(Path folder, String of, Instant start) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            return new CaptureNotes(folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + ".notes"), start);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Begins, perhaps for the second time, with a part whose blocks have that size. */
    public void begin(int blockSize) {
        if (file == null) {
            return;
        }
        close();
        try {
            Files.createDirectories(file.getParent());
            writer = NotesWriter.begin(file, blockSize, start);
        } catch (IOException e) {
            note("cannot be written: " + e);
        }
        try {
            if (Files.exists(file)) {
                earlier = EarlierCapture.open(file, blockSize);
            }
        } catch (IOException e) {
            note("cannot be used: " + e.getMessage());
        }
    }

    /** Gives blocks of a file in turn. */
    public interface Blocks {
        /** How many there are. */
        long count();

        /** {@code count} of them from the {@code first} one on. */
        BlockId[] read(long first, int count) throws IOException;
    }

    /** The blocks of a file that did not change; empty for one that must be read. Files come in archive order. */
    public Optional<Blocks> unchanged(FileEntry entry, FileIdentity identity) {
        EarlierCapture notes = earlier;
        try {
            if (notes == null || !notes.isUnchanged(entry.path(), identity)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            unreadable(e);
            return Optional.empty();
        }
        return Optional.of(new Blocks() {
            @Override
            public long count() {
                return notes.blocks();
            }

            @Override
            public BlockId[] read(long first, int count) throws IOException {
                return notes.read(first, count);
            }
        });
    }

    /** Remembers that notes cannot be read, and reads no more of them. */
    public void unreadable(IOException e) {
        note("cannot be read: " + e.getMessage());
        earlier = null;
    }

    /** Notes down a file; {@link #block} follows for each of its blocks. */
    public void file(FileEntry entry, FileIdentity identity) {
        write(notes -> notes.file(entry.path(), identity));
    }

    /** Notes down the next block of the file. */
    public void block(BlockId block) {
        write(notes -> notes.block(block));
    }

    /** Puts what was noted in the place of the older notes; only once the part is committed. */
    public void keep() {
        write(NotesWriter::keep);
        writer = null;
    }

    /** What went wrong with the notes, if anything did. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private interface Write {
        void to(NotesWriter notes) throws IOException;
    }

    private void write(Write write) {
        if (writer == null) {
            return;
        }
        try {
            write.to(writer);
        } catch (IOException e) {
            note("cannot be written: " + e);
            drop();
        }
    }

    private void drop() {
        try (NotesWriter dropped = writer) {
            writer = null;
        } catch (IOException e) {
            note("cannot be written: " + e);
        }
    }

    private void note(String what) {
        trouble = "the notes of the earlier capture, " + file + ", " + what
                + "; what did not change was read again\nHINT: see that the folder can be written and has room";
    }

    /** Gives up what was not kept. */
    @Override
    public void close() {
        if (writer != null) {
            drop();
        }
        try (EarlierCapture closed = earlier) {
            earlier = null;
        } catch (IOException e) {
            note("cannot be closed: " + e.getMessage());
        }
    }
}
