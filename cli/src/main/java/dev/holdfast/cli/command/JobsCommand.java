package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.deployment.Jobs;
import dev.holdfast.cli.deployment.Names;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast jobs}. */
@Command(
        name = "jobs",
        description = "Shows restore jobs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast jobs list"},
        subcommands = {JobsCommand.All.class, JobsCommand.One.class})
public final class JobsCommand extends Group {
    static final Columns COLUMNS = Columns.of(
            "JOB=id",
            "BATCH=batchId",
            "OF=hostId|clusterId",
            "CREATED=created",
            "STATUS=statusName",
            "LINK=delivery.statusName",
            "LINK ENDS=delivery.expires");

    /** {@code holdfast jobs list}. */
    @Command(
            name = "list",
            description = "Those of a project, or of one cluster or host, newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast jobs list --cluster orders"})
    static final class All extends Asking {
        @ArgGroup(multiplicity = "0..1")
        private PlaceOptions of;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Api api = connection.api();
            List<JsonNode> jobs = of != null
                    ? api.list(of.path(api, project(connection)) + "/restoreJobs")
                    : new Jobs(api)
                            .all(new Names(api)
                                    .project(project(connection))
                                    .path("id")
                                    .asText());
            output().list(out(), jobs, COLUMNS);
        }
    }

    /** {@code holdfast jobs show}. */
    @Command(
            name = "show",
            description = "Everything about a job, or about each job of a batch.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast jobs show 56da071f8d022d10b2f0a7c4"})
    static final class One extends Asking {
        @Parameters(paramLabel = "JOB|BATCH", description = "Its id.")
        private String id;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            List<JsonNode> jobs = new Jobs(connection.api()).find(project(connection), id);
            if (jobs.size() == 1) {
                output().one(out(), jobs.get(0));
            } else {
                output().list(out(), jobs, COLUMNS);
            }
        }
    }
}
