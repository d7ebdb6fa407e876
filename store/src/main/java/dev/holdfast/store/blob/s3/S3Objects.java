package dev.holdfast.store.blob.s3;

import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.NoSuchBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads, lists and deletes objects of one bucket below one prefix. Each method is one request and is made once. */
final class S3Objects implements AutoCloseable {
    /** Bytes that come with the answer to an opening: all of a small blob. */
    static final int HEAD = 64 << 10;

    private static final int COPY = 64 << 10;

    private final S3Client client;
    private final S3Settings settings;
    private final int listed;

    /**
     * An object that was there.
     *
     * @param size all bytes
     * @param etag pins the object for later reads
     * @param head its first bytes, {@link #HEAD} of them unless it is smaller
     */
    record Opened(long size, String etag, byte[] head) {}

    /** @param listed names asked for with one request when listing */
    S3Objects(S3Client client, S3Settings settings, int listed) {
        this.client = client;
        this.settings = settings;
        this.listed = listed;
    }

    S3Client client() {
        return client;
    }

    S3Settings settings() {
        return settings;
    }

    String key(String name) {
        return settings.prefix() + name;
    }

    /** Opens an object, or throws {@link NoSuchBlob}. */
    Opened open(String name) {
        return asking("open", name, () -> {
            GetObjectRequest wanted = GetObjectRequest.builder()
                    .bucket(settings.bucket())
                    .key(key(name))
                    .range("bytes=0-" + (HEAD - 1))
                    .build();
            try (ResponseInputStream<GetObjectResponse> answer = client.getObject(wanted)) {
                GetObjectResponse about = answer.response();
                byte[] head = answer.readNBytes(HEAD);
                long size = size(about.contentRange(), about.contentLength());
                if (head.length != Math.min(size, HEAD)) {
                    throw new IOException("the answer ended after " + head.length + " bytes");
                }
                return new Opened(size, about.eTag(), head);
            } catch (AwsServiceException e) {
                if (e.statusCode() == 416) {
                    return new Opened(0, null, new byte[0]); // an empty object has no range
                }
                throw e;
            }
        });
    }

    /** Puts {@code length} bytes into {@code target}, or leaves it as it was. */
    void read(String name, String etag, long position, int length, ByteBuffer target) {
        int start = target.position();
        try {
            asking("read", name, () -> {
                GetObjectRequest wanted = GetObjectRequest.builder()
                        .bucket(settings.bucket())
                        .key(key(name))
                        .range("bytes=" + position + "-" + (position + length - 1))
                        .ifMatch(etag)
                        .build();
                ResponseInputStream<GetObjectResponse> answer = client.getObject(wanted);
                try (answer) {
                    requirePinned(name, etag, answer.response().eTag());
                    requireRange(position, answer.response().contentRange());
                    copy(answer, length, target);
                } catch (IOException | RuntimeException e) {
                    answer.abort(); // or closing would read the rest
                    throw e;
                }
                return null;
            });
        } catch (RuntimeException e) {
            target.position(start);
            throw e;
        }
    }

    /** Objects whose names begin with {@code prefix}, in no order that matters, keys without the settings' prefix. */
    List<BlobEntry> list(String prefix) {
        return asking("list", prefix.isEmpty() ? "blobs" : prefix, () -> {
            List<BlobEntry> entries = new ArrayList<>();
            var pages = client.listObjectsV2Paginator(request ->
                    request.bucket(settings.bucket()).prefix(key(prefix)).maxKeys(listed));
            for (S3Object object : pages.contents()) {
                long size = object.size() == null ? 0 : object.size();
                entries.add(new BlobEntry(
                        object.key().substring(settings.prefix().length()),
                        size,
                        WrittenTimes.of(object.lastModified(), object.eTag(), size, null)));
            }
            return entries;
        });
    }

    /** What the server's clock says, to the second below. Signed requests are dated by it, too. */
    Instant clock() {
        return asking("ask", "the time of " + settings.place(), () -> {
            ListObjectsV2Response answer = client.listObjectsV2(request ->
                    request.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1));
            String date = answer.sdkHttpResponse()
                    .firstMatchingHeader("Date")
                    .orElseThrow(() -> new IOException("the answer does not say what time it is there"));
            try {
                return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            } catch (DateTimeException e) {
                throw new IOException("the time of the answer is none: " + date, e);
            }
        });
    }

    /** Deletes an object, if it is there. */
    void delete(String name) {
        asking(
                "delete",
                name,
                () -> client.deleteObject(
                        request -> request.bucket(settings.bucket()).key(key(name))));
    }

    @Override
    public void close() {
        client.close();
    }

    /** What may throw, also an {@link IOException} in the middle of an answer. */
    interface Request<T> {
        T send() throws IOException;
    }

    /** Makes a request; {@link NoSuchBlob} when the object is not there, or is another than the one that was opened. */
    <T> T asking(String verb, String name, Request<T> request) {
        try {
            return request.send();
        } catch (AwsServiceException e) {
            boolean bucketMissing = S3Trouble.code(e).equals("NoSuchBucket");
            if (e.statusCode() == 404 && !bucketMissing && !verb.equals("list") || e.statusCode() == 412) {
                throw new NoSuchBlob(name);
            }
            throw S3Trouble.unavailable(verb, name, settings, e);
        } catch (SdkException | IOException e) {
            throw S3Trouble.unavailable(verb, name, settings, e);
        }
    }

    private static void requirePinned(String name, String expected, String etag) {
        if (expected != null && !expected.equals(etag)) {
            throw new NoSuchBlob(name); // of servers that do not know If-Match
        }
    }

    private static void requireRange(long position, String contentRange) throws IOException {
        if (contentRange == null || !contentRange.startsWith("bytes " + position + "-")) {
            throw new IOException("the answer is not the range that was asked for, but " + contentRange);
        }
    }

    private static void copy(ResponseInputStream<GetObjectResponse> answer, int length, ByteBuffer target)
            throws IOException {
        byte[] chunk = new byte[Math.min(length, COPY)];
        int rest = length;
        while (rest > 0) {
            int count = answer.read(chunk, 0, Math.min(rest, chunk.length));
            if (count < 0) {
                throw new IOException("the answer ended " + rest + " bytes too early");
            }
            target.put(chunk, 0, count);
            rest -= count;
        }
    }

    /** Of {@code bytes 0-9/SIZE}; without it the answer is the whole object. */
    private static long size(String contentRange, Long contentLength) {
        return contentRange == null
                ? contentLength
                : Long.parseLong(contentRange.substring(contentRange.lastIndexOf('/') + 1));
    }
}
