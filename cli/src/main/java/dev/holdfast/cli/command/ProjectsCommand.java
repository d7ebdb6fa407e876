package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.deployment.Names;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast projects}. */
@Command(
        name = "projects",
        description = "Shows the projects that the key sees.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast projects list"},
        subcommands = {ProjectsCommand.All.class, ProjectsCommand.One.class})
public final class ProjectsCommand extends Group {
    /** {@code holdfast projects list}. */
    @Command(
            name = "list",
            description = "All of them.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast projects list --output json"})
    static final class All extends Asking {
        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            output().list(
                            out(),
                            connection.api().list("/groups"),
                            Columns.of(
                                    "PROJECT=id",
                                    "NAME=name",
                                    "REPLICA SETS=replicaSetCount",
                                    "SHARDS=shardCount",
                                    "AGENT LAST SEEN=lastActiveAgent"));
        }
    }

    /** {@code holdfast projects show}. */
    @Command(
            name = "show",
            description = "Everything about one.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast projects show Payments"})
    static final class One extends Asking {
        @Parameters(paramLabel = "PROJECT", arity = "0..1", description = "Id or name.")
        private String given;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            JsonNode found = new Names(connection.api()).project(given == null ? project(connection) : given);
            output().one(
                            out(),
                            connection.api().get("/groups/" + found.path("id").asText()));
        }
    }
}
