package dev.holdfast.store.blob.s3;

import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.crash.KilledProcess;
import dev.holdfast.store.crash.SweepCrashContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** In a bucket of a real server. */
@EnabledIfEnvironmentVariable(named = S3Server.ENDPOINT, matches = ".+", disabledReason = S3Server.WHY_NOT)
class S3SweepCrashTest extends SweepCrashContract {
    private S3Settings settings;

    @BeforeEach
    void makeBucket() {
        settings = S3Server.newBucket(S3Server.shared());
    }

    private S3Settings at(String place) {
        return S3Server.settings(settings.endpoint(), settings.bucket(), place);
    }

    @Override
    protected BlobStore open(String place) {
        return S3CrashingSweep.open(at(place));
    }

    @Override
    protected void copy(String from, String to) {
        String bucket = settings.bucket();
        try (S3BlobStore source = S3Server.store(at(from), S3BlobStore.PART, 1)) {
            for (BlobEntry blob : source.survey("")) {
                var unused = source.objects()
                        .client()
                        .copyObject(copy -> copy.sourceBucket(bucket)
                                .sourceKey(from + "/" + blob.name())
                                .destinationBucket(bucket)
                                .destinationKey(to + "/" + blob.name()));
            }
        }
    }

    @Override
    protected int sweepAndDie(String place, int step) throws Exception {
        return KilledProcess.run(
                S3CrashingSweep.class,
                settings.endpoint().toString(),
                settings.bucket(),
                place,
                Integer.toString(step));
    }
}
