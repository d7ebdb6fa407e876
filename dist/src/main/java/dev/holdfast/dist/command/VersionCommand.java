package dev.holdfast.dist.command;

import dev.holdfast.dist.console.BuildVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast version}. */
@Command(
        name = "version",
        description = "Prints which build this is.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast version"})
public final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        for (String line : new BuildVersion().getVersion()) {
            spec.commandLine().getOut().println(line);
        }
    }
}
