package dev.holdfast.store.blob.s3;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where a store lies. Credentials are no part of it: they come from the standard chain (environment, profile file, role
 * of the machine), so that no settings file and no process list has them.
 *
 * @param bucket the bucket; it must exist
 * @param prefix what the store's keys begin with, one of its own for each store; empty for the whole bucket, else it
 *     ends with {@code /} (which is added)
 * @param region null for that of the environment, or {@code us-east-1} when there is an endpoint
 * @param endpoint {@code http} or {@code https}, host and port of an S3-compatible server, null for Amazon's
 * @param pathStyle whether the bucket is in the path rather than in the host's name
 * @param timeout for a connection, and for every silence of the server
 * @param tries how often a request is made until one succeeds, 1 for never again
 */
public record S3Settings(
        String bucket, String prefix, String region, URI endpoint, boolean pathStyle, Duration timeout, int tries) {
    /** What {@link #timeout} is unless set. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** What {@link #tries} is unless set. */
    public static final int DEFAULT_TRIES = 7;

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,62}");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._-]+/)*");

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException that names the part which is none
     */
    public S3Settings {
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        require(BUCKET.matcher(bucket).matches(), "not a bucket's name: " + bucket);
        require(
                PREFIX.matcher(prefix).matches() && prefix.length() <= 512,
                "a prefix is letters, digits, dots, dashes, underscores, and slashes between them, not " + prefix);
        require(region == null || region.matches("[a-z0-9-]{1,64}"), "not a region: " + region);
        if (endpoint != null) {
            boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
            boolean bare = endpoint.getUserInfo() == null
                    && ("".equals(endpoint.getRawPath()) || "/".equals(endpoint.getRawPath()))
                    && endpoint.getRawQuery() == null
                    && endpoint.getRawFragment() == null;
            // not quoted: it may hold a password
            require(
                    web && bare && endpoint.getHost() != null,
                    "an endpoint is http or https, host and port, as https://s3.example.net:9000");
        }
        require(!timeout.isNegative() && !timeout.isZero(), "the timeout must be longer than nothing");
        require(tries >= 1, "at least one try is needed");
    }

    /** {@code s3://BUCKET/PREFIX}, for messages. */
    public String place() {
        return "s3://" + bucket + "/" + prefix + (endpoint == null ? "" : " at " + endpoint);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
