package dev.holdfast.cli.command;

import dev.holdfast.cli.Api;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast snapshots}. */
@Command(
        name = "snapshots",
        description = "Shows the snapshots of a cluster, or of a mirrored config server.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast snapshots list --cluster orders"},
        subcommands = {SnapshotsCommand.All.class, SnapshotsCommand.One.class})
public final class SnapshotsCommand extends Group {
    /** {@code holdfast snapshots list}. */
    @Command(
            name = "list",
            description = "The complete ones, newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast snapshots list --host cfg1.example.net:27019"})
    static final class All extends Asking {
        @ArgGroup(multiplicity = "1")
        private PlaceOptions of;

        @Option(names = "--all", description = "Those that are not complete as well.")
        private boolean all;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Api api = connection.api();
            String query = all ? "?completed=all" : "";
            output().list(
                            out(),
                            api.list(of.path(api, project(connection)) + "/snapshots" + query),
                            Columns.of(
                                    "SNAPSHOT=id",
                                    "CREATED=created.date",
                                    "COMPLETE=complete",
                                    "EXPIRES=expires",
                                    "LAST OPLOG ENTRY=lastOplogAppliedTimestamp.date"));
        }
    }

    /** {@code holdfast snapshots show}. */
    @Command(
            name = "show",
            description = "Everything about one.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast snapshots show --cluster orders latest"})
    static final class One extends Asking {
        @ArgGroup(multiplicity = "1")
        private PlaceOptions of;

        @Parameters(paramLabel = "SNAPSHOT", description = "Its id, or latest.")
        private String given;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Api api = connection.api();
            String place = of.path(api, project(connection));
            String id = LatestSnapshot.orGiven(api, place, given);
            output().one(out(), api.get(place + "/snapshots/" + Api.segment(id)));
        }
    }
}
