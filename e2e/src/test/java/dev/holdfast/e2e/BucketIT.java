package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The store in a bucket of a real S3 server, and a store on a disk that must not notice. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class BucketIT {
    private static final String SERVER = "HOLDFAST_TEST_S3";
    private static final String WHY_NOT = "./test starts an S3 server and names it in " + SERVER;

    /** As ./test starts it, with the bucket that it made. */
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "holdfast", "AWS_SECRET_ACCESS_KEY", "holdfast-secret");

    @TempDir
    private Path folder;

    @Test
    @EnabledIfEnvironmentVariable(named = SERVER, matches = ".+", disabledReason = WHY_NOT)
    void snapshotInABucket_isRestored_andVerified_andSwept_andAMissingBucketIsNamed() throws Exception {
        Path config = config("holdfast-e2e", "run-" + System.nanoTime());
        Installation installation = Installation.make(folder, CREDENTIALS, "--config", config.toString());
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] random = new byte[12 << 20];
        new Random(7).nextBytes(random);
        Files.write(dbpath.resolve("collection-0.wt"), random);
        String data = installation.data().toString();
        try (Holdfast server = Holdfast.serve(
                folder, CREDENTIALS, "--data", data, "--listen", "127.0.0.1:0", "--config", config.toString())) {
            Command snapshot = installation.snapshot(server, dbpath);
            assertThat(snapshot.exit()).as(snapshot.err()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            JsonNode snapshots = api.get(host + "/snapshots");
            JsonNode job = api.post(
                    host + "/restoreJobs",
                    "{\"snapshotId\":\""
                            + snapshots.path("results").path(0).path("id").asText() + "\"}");
            Path archive = api.download(job.path("delivery").path("url").asText());
            Path out = Files.createDirectory(folder.resolve("restored"));
            Command.ok(folder, "tar", "-C", out.toString(), "--strip-components=1", "-xzf", archive.toString());
            assertThat(Files.mismatch(out.resolve("collection-0.wt"), dbpath.resolve("collection-0.wt")))
                    .isEqualTo(-1);
            assertThat(Command.bash(installation.data().resolve("store"), "find . -type f")
                            .out())
                    .isEmpty();
        }
        Command verify = Holdfast.run(folder, CREDENTIALS, "verify", "--data", data, "--config", config.toString());
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("1 parts", "all as written");
        Command sweep = Holdfast.run(folder, CREDENTIALS, "sweep", "--data", data, "--config", config.toString());
        assertThat(sweep.exit()).as(sweep.out() + sweep.err()).isZero();
        assertThat(sweep.out()).contains("are needed", "0 packs and 0 pages deleted");
        assertBucketIsMissed(data);
        Command forgotten = Holdfast.run(folder, CREDENTIALS, "verify", "--data", data);
        assertThat(forgotten.exit()).isNotZero();
        assertThat(forgotten.err()).contains("store.s3.bucket is needed", "HINT");
    }

    private void assertBucketIsMissed(String data) throws Exception {
        String config = config("no-such-bucket", "x").toString();
        Command serve = Holdfast.run(folder, CREDENTIALS, "serve", "--data", data, "--config", config);
        assertThat(serve.exit()).isEqualTo(1);
        assertThat(serve.err()).contains("NoSuchBucket", "HINT: make the bucket of s3://no-such-bucket/x/");
        assertThat(serve.err()).doesNotContain("holdfast-secret");
    }

    @Test
    void storeOnADisk_doesNotLoadTheSdk() throws Exception {
        String data = folder.resolve("data").toString();
        Command init = Holdfast.run(folder, Map.of(), "init", "--data", data);
        assertThat(init.exit()).as(init.err()).isZero();
        Path log = folder.resolve("classes.log");
        try (Holdfast server = Holdfast.serve(
                folder,
                Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                "--data",
                data,
                "--listen",
                "127.0.0.1:0")) {
            assertThat(server.baseUrl()).startsWith("http://");
        }
        String classes = Files.readString(log);
        assertThat(classes).contains("dev.holdfast.store.blob.disk.DiskBlobStore");
        assertThat(classes).doesNotContain("software.amazon", "org.apache.http", "S3BlobStore ");
    }

    private Path config(String bucket, String prefix) throws Exception {
        return Files.writeString(
                folder.resolve("holdfast.conf"),
                "store.s3 { bucket = " + bucket + ", prefix = " + prefix + ", endpoint = \"" + System.getenv(SERVER)
                        + "\" }\n");
    }
}
