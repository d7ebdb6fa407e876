package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.deployment.Names;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast clusters}. */
@Command(
        name = "clusters",
        description = "Shows the clusters of a project.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast clusters list --project Payments"},
        subcommands = {ClustersCommand.All.class, ClustersCommand.One.class})
public final class ClustersCommand extends Group {
    /** {@code holdfast clusters list}. */
    @Command(
            name = "list",
            description = "All of them.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast clusters list --project Payments"})
    static final class All extends Asking {
        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Names names = new Names(connection.api());
            String group = names.project(project(connection)).path("id").asText();
            output().list(
                            out(),
                            names.clusters(group),
                            Columns.of(
                                    "CLUSTER=id",
                                    "NAME=clusterName",
                                    "REPLICA SET=replicaSetName",
                                    "SHARD=shardName",
                                    "TYPE=typeName",
                                    "LAST SEEN=lastHeartbeat"));
        }
    }

    /** {@code holdfast clusters show}. */
    @Command(
            name = "show",
            description = "Everything about one.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast clusters show orders"})
    static final class One extends Asking {
        @Parameters(paramLabel = "CLUSTER", description = "Id or name.")
        private String given;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Names names = new Names(connection.api());
            String group = names.project(project(connection)).path("id").asText();
            JsonNode found = names.cluster(group, given);
            output().one(
                            out(),
                            connection
                                    .api()
                                    .get("/groups/" + group + "/clusters/"
                                            + found.path("id").asText()));
        }
    }
}
