package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bucket of tokens for each project: a request takes one, and they come back evenly over the minute. Shared by all
 * keys of the project, each node for itself. Only projects whose members ask get a bucket, so there are never more of
 * them than projects.
 *
 * <p>Source: the documentation of 2014, "Rate Limiting": 100 requests per minute and group, {@code RATE_LIMITED}.
 */
final class Rates {
    private final Limits limits;
    private final Map<GroupId, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * How much a project may ask.
     *
     * @param perMinute requests per minute; 0 for no limit
     * @param burst requests that may come at once after a quiet time, at least 1
     */
    record Limits(int perMinute, int burst) {}

    /** {@code burst} 0 for as many as may come in a minute. */
    Rates(int perMinute, int burst) {
        this.limits = new Limits(perMinute, burst == 0 ? perMinute : burst);
    }

    /**
     * Takes a token.
     *
     * @throws Exceeded when there is none
     */
    void take(GroupId group, String resource, Instant now) {
        if (limits.perMinute() == 0) {
            return;
        }
        long wait = buckets.computeIfAbsent(group, id -> new Bucket(limits.burst(), now.toEpochMilli()))
                .take(limits, now.toEpochMilli());
        if (wait > 0) {
            throw new Exceeded(resource, limits.perMinute(), wait);
        }
    }

    /** The refusal: {@code Retry-After} says when there will be a token again. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String resource;
        private final int perMinute;
        private final long waitMillis;

        Exceeded(String resource, int perMinute, long waitMillis) {
            super("too many requests", null, false, false);
            this.resource = resource;
            this.perMinute = perMinute;
            this.waitMillis = waitMillis;
        }

        Answer answer() {
            List<String> parameters = List.of(resource, Integer.toString(perMinute), "1");
            String detail = ErrorCode.RATE_LIMITED.detail(parameters.toArray(String[]::new));
            return new Answer(
                    429,
                    ErrorJson.of(ErrorCode.RATE_LIMITED, detail, parameters),
                    Map.of("Retry-After", Long.toString((waitMillis + 999) / 1000)));
        }
    }

    /** What one project has left. */
    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        /** 0 when a token was taken, else milliseconds until there will be one. */
        synchronized long take(Limits limits, long now) {
            double perMilli = limits.perMinute() / 60_000.0;
            // a clock that was set back gives nothing
            tokens = Math.min(limits.burst(), tokens + Math.max(0, now - at) * perMilli);
            at = Math.max(at, now);
            if (tokens < 1) {
                return Math.max(1, (long) Math.ceil((1 - tokens) / perMilli));
            }
            tokens -= 1;
            return 0;
        }
    }
}
