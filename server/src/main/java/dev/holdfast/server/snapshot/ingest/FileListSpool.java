package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file list on its way to a commit: it may have gigabytes, so it waits on the disk, never in memory. The file is
 * deleted on close; what a crash leaves is deleted by {@link #prepare}. Blocks; for one thread at a time.
 */
final class FileListSpool implements SnapshotIngest.FileList, AutoCloseable {
    private static final String PREFIX = "filelist-";
    private static final String SUFFIX = ".spool";
    private static final int READ_BUFFER = 256 << 10;
    private static final long LOOK_EVERY = 16 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long reserve;
    private long untilLook;

    private FileListSpool(Path file, FileChannel channel, long reserve) {
        this.file = file;
        this.channel = channel;
        this.reserve = reserve;
    }

    /** Makes the folder, and deletes the lists that a crash left in it. */
    static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw trouble(folder, e);
        }
    }

    /** A new, empty file that only we may read. {@code reserve} bytes must stay free on its disk. */
    static FileListSpool create(Path folder, long reserve) {
        try {
            Path file = Files.createTempFile(folder, PREFIX, SUFFIX);
            try {
                return new FileListSpool(file, FileChannel.open(file, StandardOpenOption.WRITE), reserve);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw trouble(folder, e);
        }
    }

    /** Appends bytes, unless the disk is or would be too full. */
    void write(ByteBuffer bytes) {
        try {
            if (untilLook <= 0) {
                requireSpace();
                untilLook = LOOK_EVERY;
            }
            untilLook -= bytes.remaining();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw trouble(file, e);
        }
    }

    @Override
    public InputStream open() {
        try {
            return new Unblamed(new BufferedInputStream(Files.newInputStream(file), READ_BUFFER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw trouble(file, e);
        }
    }

    private void requireSpace() throws IOException {
        long free = Files.getFileStore(file).getUsableSpace();
        if (free < reserve + LOOK_EVERY) {
            throw Unavailable.full(
                    "the disk of " + file.getParent() + " has " + free + " bytes left, too few for a file"
                            + " list\nHINT: make room, or lower the spool reserve (" + reserve
                            + " bytes); then commit again.",
                    null);
        }
    }

    private static Unavailable trouble(Path path, IOException e) {
        String what = "spool of file lists, " + path + ": " + e.getMessage();
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            return Unavailable.full(what + "\nHINT: make room on that disk, then commit again.", e);
        }
        return new Unavailable(what + "\nHINT: look at the disk (read-only?), then commit again.", e);
    }

    /** Tells trouble of the disk apart from a malformed list, which is an IOException too. */
    private static final class Unblamed extends FilterInputStream {
        Unblamed(InputStream in) {
            super(in);
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
