package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.Pause;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at restore jobs until none of them is on its way any more. */
public final class Waiting {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 10_000;

    private final Jobs jobs;
    private final Clock clock;
    private final Pause pause;

    /** Waits with {@code pause} between two looks. */
    public Waiting(Jobs jobs, Clock clock, Pause pause) {
        this.jobs = jobs;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * The jobs as they are when they are settled. A server that is away for a while is waited for too.
     *
     * @throws CliTrouble {@link Exit#NOT_YET} after {@code limit}
     */
    public List<JsonNode> settled(List<JsonNode> some, Duration limit) throws IOException, InterruptedException {
        Instant end = clock.instant().plus(limit);
        long delay = FIRST_MILLIS;
        List<JsonNode> now = new ArrayList<>(some);
        IOException away = null;
        while (now.stream().anyMatch(job -> JobState.of(job) == JobState.PENDING)) {
            if (!clock.instant().isBefore(end)) {
                throw notYet(now, limit, away);
            }
            pause.millis(delay);
            delay = Math.min(LONGEST_MILLIS, delay * 2);
            away = null;
            for (int i = 0; i < now.size(); i++) {
                if (JobState.of(now.get(i)) == JobState.PENDING) {
                    try {
                        now.set(i, jobs.again(now.get(i)));
                    } catch (IOException e) {
                        if (e instanceof ApiRefusal refusal && refusal.status() < 500 && refusal.status() != 429) {
                            throw e;
                        }
                        away = e;
                    }
                }
            }
        }
        return now;
    }

    private static CliTrouble notYet(List<JsonNode> now, Duration limit, IOException away) {
        List<String> open = now.stream()
                .filter(job -> JobState.of(job) == JobState.PENDING)
                .map(job -> job.path("id").asText())
                .toList();
        return new CliTrouble(
                Exit.NOT_YET,
                "not ready after " + limit.toSeconds() + " s: " + String.join(", ", open)
                        + (away == null ? "" : "; the server did not answer: " + away.getMessage())
                        + "\nHINT: run the same command again, or give more time with --timeout.");
    }
}
