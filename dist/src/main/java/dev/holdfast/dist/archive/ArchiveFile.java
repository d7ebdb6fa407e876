package dev.holdfast.dist.archive;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** Writes an archive beside its name, and gives it its name when it is whole and on the disk. */
public final class ArchiveFile {
    private ArchiveFile() {}

    /**
     * Writes {@code archive} to {@code file}, readable by its owner only.
     *
     * @param progress is told the bytes written so far
     * @throws IllegalArgumentException if the file is there already
     * @throws Unavailable if it cannot be written
     * @throws dev.holdfast.contract.trouble.Corruption if stored bytes are damaged; no file is left
     */
    public static void write(Archive archive, Path file, LongConsumer progress) {
        if (Files.exists(file)) {
            throw exists(file);
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < archive.length()) {
                throw new Unavailable("the disk of " + folder + " has " + free + " bytes free, the archive needs "
                        + archive.length() + "\nHINT: name a file on another disk.");
            }
            Path temporary = Files.createTempFile(folder, "." + file.getFileName() + "-", ".part");
            try {
                copy(archive, temporary, progress);
                publish(temporary, file);
                try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                    directory.force(true);
                }
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new Unavailable(
                    file + " cannot be written: " + e + "\nHINT: does its folder exist, and is there space?", e);
        }
    }

    private static void copy(Archive archive, Path temporary, LongConsumer progress) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (ArchiveReader reader = archive.read(0, archive.length());
                FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            long written = 0;
            for (int n = reader.read(buffer.clear()); n >= 0; n = reader.read(buffer.clear())) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    written += out.write(buffer);
                }
                progress.accept(written);
            }
            out.force(true);
        }
    }

    /** A link fails where a rename would overwrite what somebody else has put there meanwhile. */
    private static void publish(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static IllegalArgumentException exists(Path file) {
        return new IllegalArgumentException(
                "there is a file " + file + " already\nHINT: delete it, or name another one.");
    }
}
