package dev.holdfast.store.blob.s3;

import dev.holdfast.contract.trouble.Unavailable;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Turns what a server (or the way to it) says into trouble with a hint. */
final class S3Trouble {
    /** Codes below 500 that pass by themselves. */
    private static final Set<String> PASSING = Set.of(
            "SlowDown",
            "RequestTimeout",
            "RequestTimeTooSkewed", // the client corrects its clock by the answer
            "BadDigest",
            "OperationAborted",
            "ConditionalRequestConflict");

    /** Amazon's buckets have no end; those of others do (Ceph, MinIO). */
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage");

    private S3Trouble() {}

    static Unavailable unavailable(String verb, String name, S3Settings settings, Exception cause) {
        String place = settings.place();
        if (cause instanceof AwsServiceException answer) {
            if (answer.statusCode() == 507 || FULL.contains(code(answer))) {
                return Unavailable.full(
                        "cannot " + verb + " " + name + ": " + code(answer) + ", status " + answer.statusCode()
                                + "\nHINT: make room for " + place
                                + " (its quota or its disks), then try again; nothing that was stored is lost.",
                        cause);
            }
            return of(verb, name, code(answer) + ", status " + answer.statusCode(), answerHint(answer, place), cause);
        }
        String text = String.valueOf(cause.getMessage());
        if (text.contains("Unable to load credentials")) {
            return of(
                    verb,
                    name,
                    "no credentials",
                    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or give this machine a role.",
                    cause);
        }
        if (text.contains("Unable to load region")) {
            return of(verb, name, "no region", "set store.s3.region (or AWS_REGION).", cause);
        }
        boolean late = cause instanceof ApiCallAttemptTimeoutException || text.contains("timed out");
        String reason = late ? "no answer within " + settings.timeout().toMillis() + " ms" : reason(cause);
        return of(verb, name, reason, "look whether " + place + " can be reached from here, then try again.", cause);
    }

    /** Not the server's word but ours: it has not caught up with what this process wrote. */
    static Unavailable notVisibleYet(String name, S3Settings settings) {
        return of(
                "open",
                name,
                "it was written a moment ago, and the server does not show it yet",
                "try again; " + settings.place() + " is eventually consistent.",
                new NotVisibleYet());
    }

    /** Whether the same request may succeed in a moment. */
    static boolean mayPass(Unavailable trouble) {
        Throwable cause = trouble.getCause();
        if (trouble.isFull()) {
            return false;
        }
        if (cause instanceof AwsServiceException answer) {
            return answer.statusCode() >= 500 && answer.statusCode() != 501
                    || answer.statusCode() == 429
                    || PASSING.contains(code(answer));
        }
        boolean settings = trouble.getMessage().contains(": no credentials\n")
                || trouble.getMessage().contains(": no region\n");
        return cause instanceof NotVisibleYet
                || cause instanceof java.io.IOException
                || cause instanceof SdkClientException && !settings;
    }

    /** The server's word for it, such as {@code NoSuchBucket}; its status when it has none (HEAD has no body). */
    static String code(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        return code == null || code.isEmpty() ? "status " + answer.statusCode() : code;
    }

    private static String answerHint(AwsServiceException answer, String place) {
        switch (code(answer)) {
            case "NoSuchBucket":
                return "make the bucket of " + place + ", or name another with store.s3.bucket.";
            case "RequestTimeTooSkewed":
                return "set this machine's clock.";
            case "InvalidAccessKeyId":
            case "SignatureDoesNotMatch":
                return "look at the credentials; the server of " + place + " does not know them.";
            case "PermanentRedirect":
            case "AuthorizationHeaderMalformed":
                return "the bucket is in another region; set store.s3.region.";
            default:
        }
        switch (answer.statusCode()) {
            case 301:
                return "the bucket is in another region; set store.s3.region.";
            case 401:
            case 403:
                return "let these credentials get, put, list and delete in " + place + ".";
            case 404:
                return "look whether the bucket of " + place + " exists.";
            default:
                return answer.statusCode() >= 500
                        ? "the server of " + place + " is overloaded or has a fault; try again."
                        : "look at store.s3 in the settings and at the log of " + place + ".";
        }
    }

    private static String reason(Exception cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String text = deepest.getMessage();
        return text == null ? deepest.getClass().getSimpleName() : text;
    }

    private static Unavailable of(String verb, String name, String reason, String hint, Exception cause) {
        return new Unavailable("cannot " + verb + " " + name + ": " + reason + "\nHINT: " + hint, cause);
    }

    private static final class NotVisibleYet extends Exception {
        private static final long serialVersionUID = 1;
    }
}
