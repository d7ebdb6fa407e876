package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.deployment.Jobs;
import dev.holdfast.cli.profile.Connection;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast restore wait}. */
@Command(
        name = "wait",
        description = {
            "Waits until a restore job, or each job of a batch, is ready.",
            "Exit status: 0 all are ready, 3 one has failed, 4 a link is expired or used up, 5 not ready in time, 1 it"
                    + " could not be found out, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast restore wait 56da071f8d022d10b2f0a7c4 --timeout 600"})
final class RestoreWait extends Asking {
    @Parameters(paramLabel = "JOB|BATCH", description = "Its id.")
    private String id;

    @Mixin
    private WaitOptions patience;

    @Override
    void run(Connection connection) throws IOException, InterruptedException {
        Jobs jobs = new Jobs(connection.api());
        List<JsonNode> settled =
                patience.settled(jobs, jobs.find(project(connection), id), Clock.systemUTC(), Thread::sleep);
        output().list(out(), settled, JobsCommand.COLUMNS);
        for (JsonNode job : settled) {
            WaitOptions.requireReady(job);
        }
    }
}
