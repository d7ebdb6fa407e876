package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free space of a disk. */
@FunctionalInterface
public interface Space {
    /** What the file system says. */
    Space REAL = folder -> Files.getFileStore(folder).getUsableSpace();

    /** Bytes that this user may still write below {@code folder}. */
    long free(Path folder) throws IOException;

    /**
     * Complains if there is less than is going to be written.
     *
     * @param name of the archive
     * @param archiveBytes of it that are still to come
     * @param unpackedBytes of what is in it
     */
    default void require(Path folder, String name, long archiveBytes, long unpackedBytes) throws IOException {
        long free = free(folder);
        if (free >= archiveBytes + unpackedBytes) {
            return;
        }
        String what = archiveBytes == 0
                ? unpackedBytes + " for what is in it"
                : archiveBytes + " for the archive" + (unpackedBytes > 0 ? " and " + unpackedBytes + " unpacked" : "");
        throw new CliTrouble(
                Exit.NO_SPACE,
                folder + " has " + free + " bytes free, " + name + " needs " + (archiveBytes + unpackedBytes)
                        + " more: " + what + "\nHINT: make room, or name a folder on another disk.");
    }
}
