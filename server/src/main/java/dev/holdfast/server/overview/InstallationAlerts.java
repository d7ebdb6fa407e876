package dev.holdfast.server.overview;

import dev.holdfast.contract.publicapi.OverviewJson.AlertJson;
import dev.holdfast.server.scrub.ScrubSettings;
import dev.holdfast.server.scrub.ScrubState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What of the whole installation wants to be looked at; for those who see all of it. */
final class InstallationAlerts {
    private InstallationAlerts() {}

    static List<AlertJson> of(
            Surroundings.Disk disk, String keysAway, ScrubState scrub, ScrubSettings budget, Instant now) {
        List<AlertJson> all = new ArrayList<>();
        if (keysAway != null) {
            all.add(alert(
                    "KEYS_AWAY",
                    true,
                    "The keeper of the store's keys does not answer: " + keysAway
                            + ". Captures and new restores are refused.",
                    "Bring it back; holdfast store-keys status tells whether it answers."));
        }
        if (disk != null && disk.isNearlyFull()) {
            all.add(alert(
                    "STORE_NEARLY_FULL",
                    disk.isFull(),
                    PlainWords.size(disk.freeBytes()) + " of " + PlainWords.size(disk.capacityBytes())
                            + " are free on the disk of the data directory.",
                    "Make the disk larger, or keep fewer snapshots and run holdfast sweep."));
        }
        if (scrub.isOverdue(budget, now)) {
            Instant since = scrub.lastBegun() == null ? scrub.roundBegun() : scrub.lastBegun();
            all.add(alert(
                    "SCRUB_OVERDUE",
                    false,
                    "The whole store was last read through " + PlainWords.time(Duration.between(since, now))
                            + " ago, or more; with its budget it should take less.",
                    "Raise scrub.bytes-per-day, or see in the log what keeps the scrub from reading."));
        }
        return all;
    }

    private static AlertJson alert(String kind, boolean error, String message, String action) {
        return new AlertJson(action, null, null, null, kind, message, error ? "ERROR" : "WARNING");
    }
}
