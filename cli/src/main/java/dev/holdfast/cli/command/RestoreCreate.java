package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.cli.deployment.NearestSnapshots;
import dev.holdfast.cli.deployment.PointInTime;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
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
            "Examples (the newest snapshot of the mirrored config server that they are read from; a sharded cluster at a"
                    + " time):",
            "  holdfast restore create --host cfg1.example.net:27019 --snapshot latest --downloads 3 --hours 4",
            "  holdfast restore create --cluster orders --at 2016-02-21T23:51:30Z"
        })
final class RestoreCreate extends Asking {
    @ArgGroup(multiplicity = "1")
    private PlaceOptions of;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--downloads", paramLabel = "N", description = "How often each link may be used (default: 1).")
    private int downloads = 1;

    @Option(names = "--hours", paramLabel = "N", description = "How long the links may be used (default: 1).")
    private int hours = 1;

    /** One of these. */
    private static final class What {
        @Option(names = "--snapshot", paramLabel = "SNAPSHOT", description = "Its id, or latest.")
        private String snapshot;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description =
                        "What a snapshot holds of that very time: ISO 8601 with its offset, seconds or milliseconds"
                                + " since 1970, or SECONDS:INCREMENT of an oplog entry.")
        private String time;
    }

    @Override
    void run(Connection connection) throws IOException, InterruptedException {
        Api api = connection.api();
        PointInTime time = what.time == null ? null : PointInTime.parse(what.time);
        String place = of.path(api, project(connection));
        ObjectNode body = ApiJson.mapper().createObjectNode();
        if (time == null) {
            body.put("snapshotId", LatestSnapshot.orGiven(api, place, what.snapshot));
        } else {
            time.into(body);
        }
        body.putObject("delivery")
                .put("methodName", "HTTP")
                .put("maxDownloads", downloads)
                .put("expirationHours", hours);
        List<JsonNode> jobs = jobs(post(api, place, body, time));
        output().list(out(), jobs, JobsCommand.COLUMNS);
        if (!jobs.isEmpty()) {
            JsonNode first = jobs.get(0);
            String id =
                    first.path(first.hasNonNull("batchId") ? "batchId" : "id").asText();
            err().println("next: holdfast restore fetch " + id + " --extract DIR");
            err().flush();
        }
    }

    private static JsonNode post(Api api, String place, ObjectNode body, PointInTime time)
            throws IOException, InterruptedException {
        try {
            return api.post(place + "/restoreJobs", body);
        } catch (ApiRefusal refusal) {
            if (time != null && refusal.errorCode().equals(ErrorCode.NO_CHECKPOINT_FOR_PIT_RESTORE.name())) {
                throw NearestSnapshots.of(api.list(place + "/snapshots"), time).trouble(refusal);
            }
            throw refusal;
        }
    }

    private static List<JsonNode> jobs(JsonNode answer) {
        List<JsonNode> jobs = new ArrayList<>();
        if (answer.has("id")) {
            jobs.add(answer); // of a host: the job itself
        } else {
            answer.path("results").forEach(jobs::add);
        }
        return jobs;
    }
}
