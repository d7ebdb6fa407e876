package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;

/** What a restore job means to somebody who waits for its archive. */
public enum JobState {
    /** Not yet. */
    PENDING,
    /** Its link can be used, or its data were restored where they belong. */
    READY,
    /** Its link is over: expired or used up. */
    ENDED,
    /** It will never be. */
    FAILED;

    /** The state of a job document. */
    public static JobState of(JsonNode job) {
        String delivery = job.path("delivery").path("statusName").asText();
        return switch (job.path("statusName").asText()) {
            case "BROKEN", "KILLED" -> FAILED;
            case "FINISHED" ->
                switch (delivery) {
                    case "EXPIRED", "MAX_DOWNLOADS_EXCEEDED" -> ENDED;
                    case "FAILED", "INTERRUPTED" -> FAILED;
                    case "NOT_STARTED", "IN_PROGRESS" -> PENDING;
                    default -> READY;
                };
            default -> PENDING;
        };
    }
}
