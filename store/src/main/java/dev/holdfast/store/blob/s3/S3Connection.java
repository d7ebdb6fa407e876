package dev.holdfast.store.blob.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the client of the SDK. */
final class S3Connection {
    /** Downloads and captures that read or write at the same moment; more wait for a connection. */
    private static final int CONNECTIONS = 128;

    /** S3 closes a connection that was silent for about that long; using it just then loses the request. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** A server that can be reached answers much sooner; the timeout is for one that thinks. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A part of 8 MiB over a slow line may take some silences' time. */
    private static final int SILENCES = 10;

    private S3Connection() {}

    static S3Client make(S3Settings settings, AwsCredentialsProvider credentials) {
        Duration timeout = settings.timeout();
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                // newer checksums are unknown to many S3-compatible servers; packs and pages carry their own, and
                // uploads have an MD5
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // one layer retries, and it is ours: two would multiply
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(timeout.multipliedBy(SILENCES)))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
                        .connectionAcquisitionTimeout(timeout)
                        .connectionMaxIdleTime(IDLE)
                        .socketTimeout(timeout));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.region() != null || settings.endpoint() != null) {
            builder.region(Region.of(settings.region() == null ? "us-east-1" : settings.region()));
        }
        try {
            return builder.build();
        } catch (SdkException e) {
            throw S3Trouble.unavailable("open", settings.place(), settings, e);
        }
    }
}
