package dev.holdfast.store.blob.s3;

import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.crash.CrashingSweep;
import dev.holdfast.store.crash.KilledProcess;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.net.URI;
import java.time.Clock;

/** The process that dies: sweeps and repacks a store in a bucket, and is killed at the writing step it is told. */
public final class S3CrashingSweep {
    private static final int PART = 5 << 20;

    private S3CrashingSweep() {}

    /** Arguments: endpoint, bucket, prefix, number of the step. */
    public static void main(String[] arguments) {
        S3Settings settings = S3Server.settings(URI.create(arguments[0]), arguments[1], arguments[2]);
        FaultyBlobStore blobs = open(settings);
        blobs.stopAt(Long.parseLong(arguments[3]), KilledProcess::killSelf);
        try (BlobStore closed = blobs) {
            CrashingSweep.sweep(closed);
        }
    }

    /** The bucket as it is in a moment, for what was written in this second has no age yet. */
    static FaultyBlobStore open(S3Settings settings) {
        BlobStore bucket = S3Server.retrying(S3Server.store(settings, PART, System.nanoTime()));
        return new FaultyBlobStore(bucket).clock(Clock.offset(Clock.systemUTC(), CrashingSweep.AHEAD));
    }
}
