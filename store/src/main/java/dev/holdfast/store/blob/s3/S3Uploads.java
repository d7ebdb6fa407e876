package dev.holdfast.store.blob.s3;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.NoSuchBlob;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Writes objects, each request once. */
final class S3Uploads {
    /** Of the object's user metadata: who wrote it. */
    private static final String MARK = "holdfast-writer";

    private static final String BYTES = "application/octet-stream";

    private final S3Objects objects;
    private final S3Client client;
    private final String bucket;
    private final int partBytes;
    private final Clock clock;

    /** Ids of what this process is uploading. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** False once the server has said that it does not know conditional writes. */
    private volatile boolean conditional = true;

    /** What became of an attempt to give an object its name. */
    enum Published {
        /** It is there. */
        DONE,
        /** There was one already. */
        TAKEN,
        /** The server does not know the upload (any more). */
        UNKNOWN
    }

    /** @param clock is written into each object */
    S3Uploads(S3Objects objects, int partBytes, Clock clock) {
        this.objects = objects;
        this.client = objects.client();
        this.bucket = objects.settings().bucket();
        this.partBytes = partBytes;
        this.clock = clock;
    }

    int partBytes() {
        return partBytes;
    }

    /** The mark of whoever wrote the object, empty when it has none, null if there is no object. */
    String mark(String name) {
        HeadObjectResponse about = about(name);
        return about == null ? null : about.metadata().getOrDefault(MARK, "");
    }

    /** When the object was written, as {@link WrittenTimes} has it; empty if there is none. */
    OptionalLong writtenMillis(String name) {
        HeadObjectResponse about = about(name);
        if (about == null) {
            return OptionalLong.empty();
        }
        long size = about.contentLength() == null ? 0 : about.contentLength();
        return WrittenTimes.of(
                about.lastModified(), about.eTag(), size, about.metadata().get(WrittenTimes.METADATA));
    }

    /** Null if there is no such object. */
    private HeadObjectResponse about(String name) {
        try {
            return objects.asking(
                    "look at",
                    name,
                    () -> client.headObject(r -> r.bucket(bucket).key(objects.key(name))));
        } catch (NoSuchBlob e) {
            return null;
        }
    }

    private Map<String, String> metadata(String mark) {
        return Map.of(MARK, mark, WrittenTimes.METADATA, Long.toString(clock.millis()));
    }

    /** Puts a whole object, unless there is one that it does not replace. */
    Published put(String name, String mark, byte[] bytes, int length, boolean replaces) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(objects.key(name))
                .contentType(BYTES)
                .contentMD5(md5(bytes, length))
                .metadata(metadata(mark));
        return publishing(name, replaces, condition -> {
            var unused = client.putObject(put.ifNoneMatch(condition).build(), body(bytes, length));
        });
    }

    /** Begins a multipart upload; answers its id. */
    String begin(String name, String mark) {
        String upload = objects.asking(
                "write",
                name,
                () -> client.createMultipartUpload(r -> r.bucket(bucket)
                                .key(objects.key(name))
                                .contentType(BYTES)
                                .metadata(metadata(mark)))
                        .uploadId());
        open.add(upload);
        return upload;
    }

    /** Sends one part, from 1; answers its ETag. */
    String putPart(String name, String upload, int number, byte[] bytes, int length) {
        try {
            return objects.asking(
                    "write",
                    name,
                    () -> client.uploadPart(
                                    r -> r.bucket(bucket)
                                            .key(objects.key(name))
                                            .uploadId(upload)
                                            .partNumber(number)
                                            .contentMD5(md5(bytes, length)),
                                    body(bytes, length))
                            .eTag());
        } catch (NoSuchBlob e) {
            throw lost(name);
        }
    }

    /** Makes one object of all parts, unless there is one of that name that it does not replace. */
    Published complete(String name, String upload, List<String> etags, boolean replaces) {
        List<CompletedPart> parts = new ArrayList<>();
        for (String etag : etags) {
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(etag)
                    .build());
        }
        CompleteMultipartUploadRequest.Builder all = CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(objects.key(name))
                .uploadId(upload)
                .multipartUpload(made -> made.parts(parts));
        return publishing(name, replaces, condition -> {
            var unused =
                    client.completeMultipartUpload(all.ifNoneMatch(condition).build());
        });
    }

    /** Nobody writes to an upload any more. */
    void ended(String upload) {
        if (upload != null) {
            open.remove(upload);
        }
    }

    /** Gives up an upload that has ended. */
    void abort(String name, String upload) {
        try {
            objects.asking(
                    "give up",
                    name,
                    () -> client.abortMultipartUpload(
                            r -> r.bucket(bucket).key(objects.key(name)).uploadId(upload)));
        } catch (NoSuchBlob e) {
            // there is none any more, which is what was wanted
        }
    }

    /** Gives up every upload below the prefix that began before {@code oldest} and is not ours; answers how many. */
    int abortBegunBefore(Instant oldest) {
        int count = 0;
        List<MultipartUpload> uploads = objects.asking(
                "list",
                "unfinished uploads",
                () -> client
                        .listMultipartUploadsPaginator(
                                r -> r.bucket(bucket).prefix(objects.settings().prefix()))
                        .uploads()
                        .stream()
                        .toList());
        for (MultipartUpload upload : uploads) {
            boolean old = upload.initiated() != null && upload.initiated().isBefore(oldest);
            if (old && !open.contains(upload.uploadId())) {
                String name = upload.key().substring(objects.settings().prefix().length());
                abort(name, upload.uploadId());
                count++;
            }
        }
        return count;
    }

    /** A request that gives an object its name, on the condition (or null) that is handed to it. */
    private interface Publishing {
        void send(String condition);
    }

    private Published publishing(String name, boolean replaces, Publishing request) {
        try {
            request.send(conditional && !replaces ? "*" : null);
            return Published.DONE;
        } catch (AwsServiceException e) {
            String code = S3Trouble.code(e);
            if (e.statusCode() == 412) {
                return Published.TAKEN;
            }
            // s3proxy says NoSuchKey of an upload that is gone
            if (code.equals("NoSuchUpload") || code.equals("NoSuchKey")) {
                return Published.UNKNOWN;
            }
            if (conditional && (e.statusCode() == 501 || code.equals("NotImplemented"))) {
                conditional = false;
                return publishing(name, replaces, request);
            }
            throw S3Trouble.unavailable("write", name, objects.settings(), e);
        } catch (software.amazon.awssdk.core.exception.SdkException e) {
            throw S3Trouble.unavailable("write", name, objects.settings(), e);
        }
    }

    static Unavailable lost(String name) {
        return new Unavailable("cannot write " + name + ": its upload was aborted on the server"
                + "\nHINT: begin the capture again; nothing that was stored is lost.");
    }

    private static RequestBody body(byte[] bytes, int length) {
        ContentStreamProvider content =
                ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(bytes, 0, length));
        return RequestBody.fromContentProvider(content, length, BYTES);
    }

    /** Lets the server check what arrived; every S3-compatible server knows this one, unlike the newer checksums. */
    private static String md5(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
