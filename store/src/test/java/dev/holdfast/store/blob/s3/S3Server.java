package dev.holdfast.store.blob.s3;

import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.retry.RetryPolicy;
import dev.holdfast.store.blob.retry.RetryingBlobStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server (s3proxy): the one that {@code ./test} started and named in {@code HOLDFAST_TEST_S3}, or one of our
 * own to be killed, from the class path {@code HOLDFAST_TEST_S3_LIB}.
 */
final class S3Server implements AutoCloseable {
    static final String ENDPOINT = "HOLDFAST_TEST_S3";
    static final String WHY_NOT = "./test starts an S3 server and names it in " + ENDPOINT;
    static final String USER = "holdfast";
    static final String PASSWORD = "holdfast-secret";
    static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, PASSWORD));

    private final Path folder;
    private final int port;
    private Process process;

    private S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Where the shared server answers. */
    static URI shared() {
        return URI.create(System.getenv(ENDPOINT));
    }

    /** A prefix of a new bucket on a server. */
    static S3Settings settings(URI endpoint, String bucket, String prefix) {
        return new S3Settings(bucket, prefix, null, endpoint, true, Duration.ofMillis(1500), 7);
    }

    /** Makes a bucket that nobody else uses and answers settings for it. */
    static S3Settings newBucket(URI endpoint) {
        S3Settings settings = settings(endpoint, "holdfast-" + Long.toHexString(System.nanoTime()), "some/store");
        try (S3Client client = S3Connection.make(settings, CREDENTIALS)) {
            var unused = client.createBucket(request -> request.bucket(settings.bucket()));
        }
        return settings;
    }

    /** A store with parts of another size, and short lists. */
    static S3BlobStore store(S3Settings settings, int partBytes, long seed) {
        S3Objects objects = new S3Objects(S3Connection.make(settings, CREDENTIALS), settings, 7);
        return new S3BlobStore(objects, partBytes, Clock.systemUTC(), new Random(seed));
    }

    /** The store as it is wired: with another try for what may pass. */
    static BlobStore retrying(S3BlobStore store) {
        RetryPolicy policy = new RetryPolicy(7, Duration.ofMillis(10), Duration.ofMillis(200));
        return new RetryingBlobStore(
                store, policy, S3BlobStore::mayPass, time -> Thread.sleep(time.toMillis()), new Random(1));
    }

    /** Starts a server of our own that keeps its objects in {@code folder}. */
    static S3Server start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        S3Server server = new S3Server(folder, port);
        Files.createDirectories(folder.resolve("objects"));
        Files.writeString(
                folder.resolve("s3proxy.properties"),
                String.join(
                        "\n",
                        List.of(
                                "s3proxy.endpoint=http://127.0.0.1:" + port,
                                "s3proxy.authorization=aws-v2-or-v4",
                                "s3proxy.identity=" + USER,
                                "s3proxy.credential=" + PASSWORD,
                                "jclouds.provider=filesystem-nio2",
                                "jclouds.filesystem.basedir=" + folder.resolve("objects"),
                                "jclouds.identity=x",
                                "jclouds.credential=x")));
        server.restart();
        return server;
    }

    void restart() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile="
                                + Path.of("src/test/s3-server/logback.xml").toAbsolutePath(),
                        "-cp",
                        System.getenv("HOLDFAST_TEST_S3_LIB") + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        folder.resolve("s3proxy.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("it does not answer: " + Files.readString(folder.resolve("s3proxy.log")));
            }
            Thread.sleep(50);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it as a power cut would. */
    void kill9() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill9();
    }
}
