package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.Pause;
import dev.holdfast.cli.deployment.JobState;
import dev.holdfast.cli.deployment.Jobs;
import dev.holdfast.cli.deployment.Waiting;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How long to wait for restore jobs. */
final class WaitOptions {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait until the jobs are ready (default: 3600).")
    private int timeout = 3600;

    List<JsonNode> settled(Jobs jobs, List<JsonNode> some, Clock clock, Pause pause)
            throws IOException, InterruptedException {
        return new Waiting(jobs, clock, pause).settled(some, Duration.ofSeconds(timeout));
    }

    /** Complains of a job whose link cannot be used. */
    static void requireReady(JsonNode job) throws CliTrouble {
        String words = "restore job " + job.path("id").asText() + " is "
                + job.path("statusName").asText() + ", its link "
                + job.path("delivery").path("statusName").asText();
        switch (JobState.of(job)) {
            case FAILED ->
                throw new CliTrouble(
                        Exit.JOB_FAILED,
                        words + "\nHINT: restore another snapshot; the server's log says what happened.");
            case ENDED ->
                throw new CliTrouble(
                        Exit.LINK_ENDED, words + "\nHINT: make another restore job: holdfast restore create.");
            case PENDING, READY -> {}
        }
    }
}
