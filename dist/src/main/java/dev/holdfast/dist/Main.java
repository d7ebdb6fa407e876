package dev.holdfast.dist;

import dev.holdfast.cli.command.ClustersCommand;
import dev.holdfast.cli.command.HostsCommand;
import dev.holdfast.cli.command.JobsCommand;
import dev.holdfast.cli.command.KeysCommand;
import dev.holdfast.cli.command.ProjectsCommand;
import dev.holdfast.cli.command.RestoreCommand;
import dev.holdfast.cli.command.SnapshotsCommand;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.dist.command.AgentCommand;
import dev.holdfast.dist.command.AuditCommand;
import dev.holdfast.dist.command.CompletionCommand;
import dev.holdfast.dist.command.CopyCommand;
import dev.holdfast.dist.command.DemoCommand;
import dev.holdfast.dist.command.DeploymentCommand;
import dev.holdfast.dist.command.DoctorCommand;
import dev.holdfast.dist.command.DrillCommand;
import dev.holdfast.dist.command.ExportCommand;
import dev.holdfast.dist.command.ImportCommand;
import dev.holdfast.dist.command.InitCommand;
import dev.holdfast.dist.command.RepairCommand;
import dev.holdfast.dist.command.ServeCommand;
import dev.holdfast.dist.command.SnapshotCommand;
import dev.holdfast.dist.command.StoreKeysCommand;
import dev.holdfast.dist.command.SweepCommand;
import dev.holdfast.dist.command.VerifyCommand;
import dev.holdfast.dist.command.VersionCommand;
import dev.holdfast.dist.console.BuildVersion;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast}: one program, a subcommand for each thing to do. */
@Command(
        name = "holdfast",
        description = "Keeps snapshots of MongoDB deployments and hands them back.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        footer = {
            "",
            "Exit status: 0 done, 1 it could not be done (the message says why), 2 the command was not understood; more",
            "with the commands that have more. docs/cli.md has all of them in one table.",
            "",
            "Example:",
            "  holdfast demo"
        },
        subcommands = {
            ProjectsCommand.class,
            ClustersCommand.class,
            HostsCommand.class,
            SnapshotsCommand.class,
            RestoreCommand.class,
            JobsCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            DemoCommand.class,
            InitCommand.class,
            DeploymentCommand.class,
            ServeCommand.class,
            DoctorCommand.class,
            AgentCommand.class,
            SnapshotCommand.class,
            VerifyCommand.class,
            DrillCommand.class,
            RepairCommand.class,
            SweepCommand.class,
            CopyCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            StoreKeysCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class Main implements Runnable {
    private static final String DATABASE_HINT =
            "is the disk full or read-only, or, with database.url, PostgreSQL out of reach or its password"
                    + " wrong? Nothing of the work was done; run it again when that is mended.";

    @Spec
    private CommandSpec spec;

    /** Runs the subcommand that {@code args} name and ends the program with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with all subcommands, ready to execute. */
    public static CommandLine commandLine() {
        return Sections.arrange(new CommandLine(new Main()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new Misuse())
                .setExecutionExceptionHandler(new Failure(Map.of(DatabaseTrouble.class, DATABASE_HINT)));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command was given");
    }
}
