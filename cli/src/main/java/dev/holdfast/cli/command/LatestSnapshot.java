package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.CliTrouble;
import java.io.IOException;

/** What {@code latest} stands for. */
final class LatestSnapshot {
    private static final String LATEST = "latest";

    private LatestSnapshot() {}

    /** The id that was given, or that of the newest complete snapshot: lists are newest first. */
    static String orGiven(Api api, String place, String given) throws IOException, InterruptedException {
        if (!given.equalsIgnoreCase(LATEST)) {
            return given;
        }
        JsonNode newest =
                api.get(place + "/snapshots?itemsPerPage=1").path("results").path(0);
        if (newest.isMissingNode()) {
            throw CliTrouble.failed(
                    "there is no complete snapshot",
                    "of mirrored config servers only the first of --configdb has snapshots; snapshots list --all shows"
                            + " those that are not complete.");
        }
        return newest.path("id").asText();
    }
}
