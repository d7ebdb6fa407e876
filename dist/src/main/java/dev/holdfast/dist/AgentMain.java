package dev.holdfast.dist;

import dev.holdfast.dist.command.AgentCommand;
import dev.holdfast.dist.command.SnapshotCommand;
import dev.holdfast.dist.command.VersionCommand;
import dev.holdfast.dist.console.BuildVersion;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast-agent}: the commands of {@code holdfast} that a database host needs. It is packed without the server,
 * the store and the database.
 */
@Command(
        name = "holdfast-agent",
        description = "Captures data directories of MongoDB for a Holdfast server.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        footer = {
            "",
            "Exit status: 0 done, 1 it could not be done (the message says why), 2 the command was not understood.",
            "",
            "Example:",
            "  holdfast-agent agent --config /etc/holdfast/agent.conf"
        },
        subcommands = {AgentCommand.class, SnapshotCommand.class, VersionCommand.class})
public final class AgentMain implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the subcommand that {@code args} name and ends the program with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with all subcommands, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new AgentMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new Misuse())
                .setExecutionExceptionHandler(new Failure(Map.of()));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command was given");
    }
}
