package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** An encrypted store as an operator has it: a key made, a snapshot restored, the key rotated, forgotten, mistaken. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class EncryptionIT {
    private static final String SERVER = "HOLDFAST_TEST_KMIP";

    @TempDir
    private Path folder;

    @Test
    void keyFile_isMade_used_rotated_andMissedWhenItIsNotThere() throws Exception {
        Path keys = folder.resolve("store.keys");
        Command made = Holdfast.run(folder, Map.of(), "store-keys", "make", keys.toString());
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out()).contains("keyfile:");
        Path config = Files.writeString(folder.resolve("holdfast.conf"), "encryption.key-file = \"" + keys + "\"\n");
        String data = restored(config);

        Command rotated = keys("rotate", data, config);
        assertThat(rotated.exit()).as(rotated.err()).isZero();
        assertThat(rotated.out()).contains("1 projects are wrapped with keyfile:");
        assertThat(Files.readAllLines(keys))
                .filteredOn(line -> line.length() == 64)
                .hasSize(2);
        assertVerified(data, config);
        assertThat(keys("list", data, config).out()).contains("ring 2");

        Command forgotten = Holdfast.run(folder, Map.of(), "verify", "--data", data);
        assertThat(forgotten.exit()).isEqualTo(1);
        assertThat(forgotten.err()).contains("the store is encrypted", "HINT:");

        Files.delete(keys);
        Holdfast.run(folder, Map.of(), "store-keys", "make", keys.toString());
        Command mistaken = Holdfast.run(folder, Map.of(), "serve", "--data", data, "--config", config.toString());
        assertThat(mistaken.exit()).isEqualTo(1);
        assertThat(mistaken.err()).contains("does not have that key", "HINT:");
        assertThat(mistaken.err()).doesNotContain(secretIn(keys));
        Command status = keys("status", data, config);
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.out()).contains("cannot be used");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = SERVER, matches = ".+", disabledReason = "./test starts a KMIP server")
    void kmipServer_makesTheMasterKey_andTheNextOne() throws Exception {
        Path certificates = Path.of(System.getenv("HOLDFAST_TEST_KMIP_CERTS"));
        Path config = Files.writeString(
                folder.resolve("holdfast.conf"),
                "encryption.kmip { address = \"" + System.getenv(SERVER) + "\", certificate = \""
                        + certificates.resolve("client.pem") + "\", key = \"" + certificates.resolve("client.key")
                        + "\", authority = \"" + certificates.resolve("ca.pem") + "\" }\n");
        String data = restored(config);
        Command status = keys("status", data, config);
        assertThat(status.exit()).as(status.out() + status.err()).isZero();
        assertThat(status.out()).contains("KMIP server 127.0.0.1:", "kmip:", "works");
        Command rotated = keys("rotate", data, config);
        assertThat(rotated.exit()).as(rotated.err()).isZero();
        assertVerified(data, config);
    }

    /** Sets up, captures, restores and compares; answers the data directory. */
    private String restored(Path config) throws Exception {
        Installation installation = Installation.make(folder, Map.of(), "--config", config.toString());
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] random = new byte[12 << 20];
        new Random(7).nextBytes(random);
        Files.write(dbpath.resolve("collection-0.wt"), random);
        Files.write(dbpath.resolve("WiredTiger"), "WiredTiger 3.2.1".repeat(900).getBytes(StandardCharsets.UTF_8));
        String data = installation.data().toString();
        try (Holdfast server = Holdfast.serve(
                folder, Map.of(), "--data", data, "--listen", "127.0.0.1:0", "--config", config.toString())) {
            Command snapshot = installation.snapshot(server, dbpath);
            assertThat(snapshot.exit()).as(snapshot.err()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            String id = api.get(host + "/snapshots").at("/results/0/id").asText();
            JsonNode job = api.post(host + "/restoreJobs", "{\"snapshotId\":\"" + id + "\"}");
            Path archive = api.download(job.path("delivery").path("url").asText());
            Path out = Files.createDirectory(folder.resolve("restored"));
            Command.ok(folder, "tar", "-C", out.toString(), "--strip-components=1", "-xzf", archive.toString());
            for (String name : new String[] {"collection-0.wt", "WiredTiger"}) {
                assertThat(Files.mismatch(out.resolve(name), dbpath.resolve(name)))
                        .isEqualTo(-1);
            }
        }
        assertThat(Command.bash(installation.data().resolve("store"), "grep -rl 'WiredTiger\\|collection-0' . || true")
                        .out())
                .as("files that give something away")
                .isEmpty();
        return data;
    }

    private void assertVerified(String data, Path config) throws Exception {
        Command verify = Holdfast.run(folder, Map.of(), "verify", "--data", data, "--config", config.toString());
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("1 parts", "all as written");
    }

    private Command keys(String what, String data, Path config) throws Exception {
        return Holdfast.run(folder, Map.of(), "store-keys", what, "--data", data, "--config", config.toString());
    }

    private static String secretIn(Path keys) throws Exception {
        return Files.readAllLines(keys).stream()
                .filter(line -> line.length() == 64)
                .findFirst()
                .orElseThrow();
    }
}
