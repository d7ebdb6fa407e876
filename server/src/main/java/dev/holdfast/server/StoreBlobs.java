package dev.holdfast.server;

import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.blob.retry.RetryPolicy;
import dev.holdfast.store.blob.retry.RetryingBlobStore;
import dev.holdfast.store.blob.s3.S3BlobStore;
import dev.holdfast.store.blob.s3.S3Settings;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Opens the blobs that settings name: {@code DATA/store}, or a bucket. */
public final class StoreBlobs {
    private StoreBlobs() {}

    /**
     * Opens them; the caller closes them.
     *
     * @param random marks what this process writes to a bucket, and draws waits; safe for several threads
     */
    public static BlobStore open(DataDirectory data, ServerConfig config, Clock clock, RandomGenerator random) {
        // two methods, so that a store on a disk does not load the SDK
        return config.s3() == null ? DiskBlobStore.open(data.store(), clock) : Bucket.open(config.s3(), clock, random);
    }

    private static final class Bucket {
        static BlobStore open(S3Settings settings, Clock clock, RandomGenerator random) {
            S3BlobStore bucket = S3BlobStore.open(settings, clock, random);
            bucket.sweepLeftovers();
            return new RetryingBlobStore(
                    bucket,
                    RetryPolicy.of(settings.tries()),
                    S3BlobStore::mayPass,
                    time -> Thread.sleep(time.toMillis()),
                    random);
        }
    }
}
