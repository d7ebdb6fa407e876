package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.deployment.Names;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast hosts}. */
@Command(
        name = "hosts",
        description = "Shows the hosts of a project.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast hosts list --project Payments"},
        subcommands = {HostsCommand.All.class, HostsCommand.One.class})
public final class HostsCommand extends Group {
    /** {@code holdfast hosts list}. */
    @Command(
            name = "list",
            description = "All of them.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast hosts list --project Payments"})
    static final class All extends Asking {
        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Names names = new Names(connection.api());
            String group = names.project(project(connection)).path("id").asText();
            output().list(
                            out(),
                            names.hosts(group),
                            Columns.of(
                                    "HOST=id",
                                    "NAME=hostname",
                                    "PORT=port",
                                    "TYPE=typeName",
                                    "REPLICA SET=replicaSetName",
                                    "SHARD=shardName",
                                    "VERSION=version"));
        }
    }

    /** {@code holdfast hosts show}. */
    @Command(
            name = "show",
            description = "Everything about one.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast hosts show cfg1.example.net:27019"})
    static final class One extends Asking {
        @Parameters(paramLabel = "HOST", description = "Id, name:port or name.")
        private String given;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Names names = new Names(connection.api());
            String group = names.project(project(connection)).path("id").asText();
            JsonNode found = names.host(group, given);
            output().one(
                            out(),
                            connection
                                    .api()
                                    .get("/groups/" + group + "/hosts/"
                                            + found.path("id").asText()));
        }
    }
}
