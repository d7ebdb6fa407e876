package dev.holdfast.server;

import dev.holdfast.store.blob.s3.S3Settings;
import java.net.URI;
import java.time.Duration;

/** The settings of a store in a bucket. Credentials are none of them; see {@link S3Settings}. */
final class BucketSettings {
    private static final String BUCKET = "store.s3.bucket";

    private BucketSettings() {}

    /** Null when no bucket is named. */
    static S3Settings read(SettingsReader settings) {
        String bucket = settings.text(BUCKET, null);
        String prefix = settings.text("store.s3.prefix", "");
        String region = settings.text("store.s3.region", null);
        String endpoint = settings.secret("store.s3.endpoint");
        boolean pathStyle = settings.flag("store.s3.path-style", endpoint != null);
        Duration timeout = settings.time(
                "store.s3.timeout", S3Settings.DEFAULT_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(1));
        int tries = settings.number("store.s3.tries", S3Settings.DEFAULT_TRIES, 1, 100);
        if (bucket == null) {
            if (settings.isSet("store.s3")) {
                settings.problem(
                        "store.s3 needs " + BUCKET + " (without store.s3, the store is in the data directory).");
            }
            return null;
        }
        return settings.checked(
                "store.s3",
                null,
                () -> new S3Settings(bucket, prefix, region, address(endpoint), pathStyle, timeout, tries));
    }

    private static URI address(String endpoint) {
        try {
            return endpoint == null ? null : URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            // its message would quote it, and it may hold a password
            throw new IllegalArgumentException("the endpoint is no URL");
        }
    }
}
