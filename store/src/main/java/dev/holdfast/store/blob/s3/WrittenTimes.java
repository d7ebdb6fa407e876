package dev.holdfast.store.blob.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * When an object was written, at the latest. Two clocks say something about it: the server's, in Last-Modified, and the
 * writer's, in the object's metadata, which only a request for this object shows. The later one counts, so one clock that
 * was behind when the object was written does not make it look old when it has been set.
 */
final class WrittenTimes {
    /** Of the object's user metadata: milliseconds since 1970 by the writer's clock, when the request was first made. */
    static final String METADATA = "holdfast-written";

    /**
     * Amazon dates an object of many parts to the beginning of its upload, others to its end. A pack is filled in
     * minutes; one whose upload rests for longer than this is pinned by it, or its process has ended.
     */
    static final Duration LONGEST_UPLOAD = Duration.ofDays(1);

    private WrittenTimes() {}

    /**
     * Milliseconds since 1970, empty if the server does not say.
     *
     * @param etag has a dash if the object was put together from parts; not all servers do that, so the size counts too
     * @param metadata what the writer said, null if that was not asked for or is not there
     */
    static OptionalLong of(Instant lastModified, String etag, long size, String metadata) {
        if (lastModified == null) {
            return OptionalLong.empty();
        }
        boolean ofParts = etag != null && etag.contains("-") || size > S3BlobStore.PART;
        long latest = lastModified.toEpochMilli();
        if (metadata != null && metadata.matches("[0-9]{1,18}")) {
            latest = Math.max(latest, Long.parseLong(metadata));
        }
        return OptionalLong.of(latest + (ofParts ? LONGEST_UPLOAD.toMillis() : 0));
    }
}
