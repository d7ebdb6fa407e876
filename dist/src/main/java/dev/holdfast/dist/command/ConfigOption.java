package dev.holdfast.dist.command;

import dev.holdfast.server.ServerConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config F}, the settings file. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (HOCON); docs/configuration.md lists them. Options go before settings.")
    private Path file;

    ServerConfig load() {
        return file == null ? ServerConfig.defaults() : ServerConfig.load(file);
    }

    /** The file, null for none. */
    Path file() {
        return file;
    }
}
