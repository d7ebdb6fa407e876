package dev.holdfast.cli.command;

import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.profile.Profile;
import dev.holdfast.cli.show.Output;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which server to ask, and how to show what it says. */
public final class ServerOptions {
    @Option(
            names = "--profile-file",
            paramLabel = "FILE",
            description =
                    "Where url, publicKey and privateKey are written, mode 0600 (default: ~/.config/holdfast/cli.conf)."
                            + " HOLDFAST_URL, HOLDFAST_PUBLIC_KEY and HOLDFAST_PRIVATE_KEY win over it.")
    private Path file;

    @Option(names = "--profile", paramLabel = "NAME", description = "One of the profiles in that file.")
    private String name;

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description = "Its id or name (default: the profile's, else the only one that the key sees).")
    private String project;

    @Option(names = "--output", paramLabel = "FORMAT", description = "table (the default), json or yaml.")
    private Output output = Output.TABLE;

    /** Reads the profile; asks nothing yet. */
    public Connection connect() throws IOException {
        Path path = file == null ? Path.of(System.getProperty("user.home"), Profile.DEFAULT_FILE) : file;
        return Connection.of(Profile.load(path, file != null, name, System.getenv()));
    }

    /** The project that was named, null for none. */
    String project(Connection connection) {
        return project != null ? project : connection.profile().project();
    }

    Output output() {
        return output;
    }
}
