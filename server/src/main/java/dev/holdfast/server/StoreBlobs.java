package dev.holdfast.server;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.blob.retry.RetryPolicy;
import dev.holdfast.store.blob.retry.RetryingBlobStore;
import dev.holdfast.store.blob.s3.S3BlobStore;
import dev.holdfast.store.blob.s3.S3Settings;
import dev.holdfast.store.cipher.SealedBlobStore;
import dev.holdfast.store.cipher.StoreKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Opens the blobs that settings name: {@code DATA/store}, or a bucket. A data directory goes with one of them for ever:
 * its rows speak of snapshots that the other does not have, and a forgotten {@code --config} must not make an empty
 * store that looks like a lost one.
 */
public final class StoreBlobs {
    private StoreBlobs() {}

    /**
     * Opens them; the caller closes them. With encryption set they are sealed on their way.
     *
     * @param random marks what this process writes to a bucket, draws waits and makes keys; safe for several threads
     * @throws ConfigProblems if the data directory goes with the other kind
     */
    public static BlobStore open(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random) {
        requireSameKind(data, config);
        // two methods, so that a store on a disk does not load the SDK
        return sealed(
                config.s3() == null ? DiskBlobStore.open(data.store(), clock) : Bucket.open(config.s3(), clock, random),
                config,
                clock,
                random);
    }

    /** As {@link #open}, but tidies nothing up: for one who only looks. */
    public static BlobStore look(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random) {
        requireSameKind(data, config);
        return sealed(
                config.s3() == null ? DiskBlobStore.look(data.store(), clock) : Bucket.look(config.s3(), clock, random),
                config,
                clock,
                random);
    }

    /**
     * Opens another store with the same keys: a replica. The caller closes it.
     *
     * @param place {@code s3://BUCKET/PREFIX} on the server of {@code config}'s bucket (without one: Amazon's), or a
     *     folder: a store's, or a data directory
     */
    public static BlobStore openOther(String place, ServerConfig config, Clock clock, SecureRandom random) {
        if (place.startsWith("s3://")) {
            String rest = place.substring("s3://".length());
            int slash = rest.indexOf('/');
            S3Settings own = config.s3();
            S3Settings other = new S3Settings(
                    slash < 0 ? rest : rest.substring(0, slash),
                    slash < 0 ? "" : rest.substring(slash + 1),
                    own == null ? null : own.region(),
                    own == null ? null : own.endpoint(),
                    own != null && own.pathStyle(),
                    own == null ? S3Settings.DEFAULT_TIMEOUT : own.timeout(),
                    own == null ? S3Settings.DEFAULT_TRIES : own.tries());
            return sealed(Bucket.open(other, clock, random), config, clock, random);
        }
        if (place.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            throw new IllegalArgumentException(
                    "not a place for a store: " + place + "\nHINT: name a folder, or s3://BUCKET/PREFIX.");
        }
        Path folder = Path.of(place);
        Path within = new DataDirectory(folder).store();
        boolean isData = Files.isRegularFile(within.resolve("store"));
        return sealed(DiskBlobStore.open(isData ? within : folder, clock), config, clock, random);
    }

    private static BlobStore sealed(BlobStore blobs, ServerConfig config, Clock clock, SecureRandom random) {
        EncryptionSettings encryption = config.encryption();
        return encryption == null
                ? blobs
                : new SealedBlobStore(blobs, encryption.keys(random), encryption.keyLifetime(), clock, random);
    }

    /** The keys of the store in {@code blobs}, null if it is not encrypted. */
    public static StoreKeys keys(BlobStore blobs) {
        return blobs instanceof SealedBlobStore sealed ? sealed.keys() : null;
    }

    /** Notes that the data directory goes with a bucket, once its store was opened. */
    static void remember(DataDirectory data, ServerConfig config) {
        if (config.s3() == null || Files.exists(data.bucket())) {
            return;
        }
        try {
            Files.writeString(data.bucket(), config.s3().place() + "\n");
        } catch (IOException e) {
            throw new Unavailable(
                    "cannot write " + data.bucket() + ": " + e
                            + "\nHINT: look at the disk and the permissions of the data directory.",
                    e);
        }
    }

    private static void requireSameKind(DataDirectory data, ServerConfig config) {
        Path descriptor = data.store().resolve("store");
        if (config.s3() != null && Files.exists(descriptor)) {
            throw new ConfigProblems(
                    "--config",
                    List.of("store.s3 names a bucket, but " + data.root() + " has its store on the disk, in "
                            + data.store() + "."));
        }
        if (config.s3() == null && Files.exists(data.bucket())) {
            throw new ConfigProblems(
                    "--config",
                    List.of("store.s3.bucket is needed, for " + data.root() + " has its store in a bucket; "
                            + data.bucket() + " says in which."));
        }
    }

    private static final class Bucket {
        static BlobStore open(S3Settings settings, Clock clock, RandomGenerator random) {
            S3BlobStore bucket = S3BlobStore.open(settings, clock, random);
            bucket.sweepLeftovers();
            return retrying(bucket, settings, random);
        }

        static BlobStore look(S3Settings settings, Clock clock, RandomGenerator random) {
            return retrying(S3BlobStore.open(settings, clock, random), settings, random);
        }

        private static BlobStore retrying(S3BlobStore bucket, S3Settings settings, RandomGenerator random) {
            return new RetryingBlobStore(
                    bucket,
                    RetryPolicy.of(settings.tries()),
                    S3BlobStore::mayPass,
                    time -> Thread.sleep(time.toMillis()),
                    random);
        }
    }
}
