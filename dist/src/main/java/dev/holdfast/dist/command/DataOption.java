package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data DIR}, as every command that needs a data directory has it. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data directory: rows, secrets and the store.")
    private Path data;

    DataDirectory directory() {
        return new DataDirectory(data);
    }

    /** The directory, which must have been made by {@code init} (or {@code demo}). */
    DataDirectory existing() {
        return existing(data);
    }

    /** As {@link #existing()}, for a command that can do without. */
    static DataDirectory existing(Path data) {
        DataDirectory directory = new DataDirectory(data);
        if (!directory.exists()) {
            throw new IllegalArgumentException(
                    "there is no data directory at " + data + "\nHINT: make one with: holdfast init --data " + data);
        }
        return directory;
    }
}
