package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The snapshots before and after a time that none holds.
 *
 * @param time that was asked for
 * @param before the last one up to it; null if there is none
 * @param after the first one later; null if there is none
 */
public record NearestSnapshots(PointInTime time, JsonNode before, JsonNode after) {
    /** The nearest of {@code snapshots}, which are complete. */
    public static NearestSnapshots of(List<JsonNode> snapshots, PointInTime time) {
        JsonNode before = null;
        JsonNode after = null;
        for (JsonNode one : snapshots) {
            Instant at = at(one);
            if (at == null) {
                continue;
            }
            if (at.isAfter(time.instant())) {
                after = after == null || at.isBefore(at(after)) ? one : after;
            } else {
                before = before == null || at.isAfter(at(before)) ? one : before;
            }
        }
        return new NearestSnapshots(time, before, after);
    }

    /** What to tell the operator. */
    public CliTrouble trouble(ApiRefusal refusal) {
        String words = "no snapshot holds " + time + ": " + place("the last one before it", before) + ", "
                + place("the first one after it", after);
        JsonNode nearest = before != null ? before : after;
        return new CliTrouble(
                Exit.FAILED,
                words + "\nHINT: Holdfast restores what a snapshot holds, and nothing between two. "
                        + (nearest == null
                                ? "There is no complete snapshot at all; holdfast snapshots list --all shows what there is."
                                : "Give --snapshot " + nearest.path("id").asText() + " in place of --at."),
                refusal);
    }

    private static String place(String which, JsonNode snapshot) {
        return snapshot == null
                ? which + " is none"
                : which + " is " + snapshot.path("id").asText() + " of " + at(snapshot) + increment(snapshot);
    }

    private static String increment(JsonNode snapshot) {
        JsonNode increment = snapshot.path("lastOplogAppliedTimestamp").path("increment");
        return increment.isNumber() ? " (" + at(snapshot).getEpochSecond() + ":" + increment.asLong() + ")" : "";
    }

    private static Instant at(JsonNode snapshot) {
        String text = snapshot.path("lastOplogAppliedTimestamp")
                .path("date")
                .asText(snapshot.path("created").path("date").asText());
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // a server without that field: it cannot be placed
        }
    }
}
