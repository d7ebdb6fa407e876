package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast restore create}. */
@Command(
        name = "create",
        description = "Asks for a restore: a job with a download link, or one for each part of a sharded cluster.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example (the mirrored config server that snapshots are read from):",
            "  holdfast restore create --host cfg1.example.net:27019 --snapshot latest --downloads 3 --hours 4"
        })
final class RestoreCreate extends Asking {
    @ArgGroup(multiplicity = "1")
    private PlaceOptions of;

    @Option(names = "--snapshot", paramLabel = "SNAPSHOT", required = true, description = "Its id, or latest.")
    private String snapshot;

    @Option(names = "--downloads", paramLabel = "N", description = "How often each link may be used (default: 1).")
    private int downloads = 1;

    @Option(names = "--hours", paramLabel = "N", description = "How long the links may be used (default: 1).")
    private int hours = 1;

    @Override
    void run(Connection connection) throws IOException, InterruptedException {
        Api api = connection.api();
        String place = of.path(api, project(connection));
        ObjectNode body = ApiJson.mapper().createObjectNode();
        body.put("snapshotId", LatestSnapshot.orGiven(api, place, snapshot));
        body.putObject("delivery")
                .put("methodName", "HTTP")
                .put("maxDownloads", downloads)
                .put("expirationHours", hours);
        JsonNode answer = api.post(place + "/restoreJobs", body);
        List<JsonNode> jobs = new ArrayList<>();
        if (answer.has("id")) {
            jobs.add(answer); // of a host: the job itself
        } else {
            answer.path("results").forEach(jobs::add);
        }
        output().list(out(), jobs, JobsCommand.COLUMNS);
        if (!jobs.isEmpty()) {
            JsonNode first = jobs.get(0);
            String id =
                    first.path(first.hasNonNull("batchId") ? "batchId" : "id").asText();
            err().println("next: holdfast restore fetch " + id + " --to DIR");
            err().flush();
        }
    }
}
