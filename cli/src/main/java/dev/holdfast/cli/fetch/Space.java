package dev.holdfast.cli.fetch;

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
}
