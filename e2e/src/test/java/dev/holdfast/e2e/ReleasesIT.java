package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What earlier versions wrote is opened, brought up to date, verified and restored; what a later one wrote is refused
 * and left as it is. {@code src/test/releases/make} made the archives.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class ReleasesIT {
    @TempDir
    private Path folder;

    private Path top;

    static List<String> releases() throws IOException, URISyntaxException {
        Path all = Path.of(ReleasesIT.class.getResource("/releases").toURI());
        try (Stream<Path> files = Files.list(all)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tar.gz"))
                    .sorted()
                    .toList();
            assertThat(names)
                    .anyMatch(name -> name.contains("plain"))
                    .anyMatch(name -> name.contains("encrypted"))
                    .anyMatch(name -> name.contains("repacked"));
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatAnEarlierVersionWrote_isVerified_restoredByteForByte_andTakesMore(String name) throws Exception {
        unpack(name);
        verify();
        Map<String, String> env = new HashMap<>(Holdfast.read(top.resolve("env")));
        List<String> expected = expected();
        try (Holdfast server = serve()) {
            env.put("BASE_URL", server.baseUrl());
            PublicApi api = new PublicApi(top, env);
            Path restored = null;
            for (String snapshot : expected) {
                restored = restore(api, env, snapshot);
            }
            captureAgain(env, restored);
            assertThat(api.get(api.groupPath() + "/clusters/" + env.get("CLUSTER_ID") + "/snapshots")
                            .path("totalCount")
                            .asInt())
                    .isGreaterThanOrEqualTo(2);
        }
        verify();
        // and once more, now that the rows are ours
        try (Holdfast server = serve()) {
            env.put("BASE_URL", server.baseUrl());
            restore(new PublicApi(top, env), env, expected.get(0));
        }
    }

    @Test
    void rowsOfALaterVersion_areRefused_andNothingIsChanged() throws Exception {
        unpack("0.1.0-dev3-plain.tar.gz");
        try (Connection rows = DriverManager.getConnection("jdbc:sqlite:" + top.resolve("data/holdfast.db"));
                Statement statement = rows.createStatement()) {
            statement.executeUpdate("INSERT INTO flyway_schema_history SELECT 9000, '9000', 'from the future', type,"
                    + " 'V9000__from_the_future.sql', 1, installed_by, installed_on, 1, 1 FROM flyway_schema_history"
                    + " WHERE version = '100'");
        }
        refused("another version of Holdfast, a newer one", "9000 (from the future)");
    }

    @Test
    void storeOfALaterVersion_isRefused_andTheRowsAreLeftAsTheyAre() throws Exception {
        // its rows are old, so a start that went on would change them
        unpack("0.1.0-dev1-plain.tar.gz");
        try (RandomAccessFile descriptor =
                new RandomAccessFile(top.resolve("data/store/store").toFile(), "rw")) {
            descriptor.seek(8);
            descriptor.writeInt(3);
        }
        refused("format version 3", "a newer version of Holdfast wrote it");
    }

    private void refused(String... words) throws Exception {
        String before = bytes();
        Command serve = Holdfast.run(top, Map.of(), "serve", "--data", "data", "--listen", "127.0.0.1:0");
        assertThat(serve.exit()).isEqualTo(1);
        assertThat(serve.err())
                .contains(words)
                .contains("HINT: ")
                .contains("the version that wrote it, or a newer one");
        assertThat(bytes()).isEqualTo(before);
    }

    /** The bytes of every file of the data directory, but of the lock that a process takes. */
    private String bytes() throws Exception {
        return Command.bash(top.resolve("data"), "find . -type f ! -name serve.lock | sort | xargs -d '\\n' sha256sum")
                .out();
    }

    private void unpack(String name) throws Exception {
        Path archive = Path.of(ReleasesIT.class.getResource("/releases/" + name).toURI());
        Command.ok(folder, "tar", "-xzf", archive.toString());
        top = folder.resolve(name.replace(".tar.gz", ""));
    }

    /** The snapshots that it says it has. */
    private List<String> expected() throws IOException {
        try (Stream<Path> files = Files.list(top.resolve("expected"))) {
            List<String> ids =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(ids).hasSizeGreaterThanOrEqualTo(2);
            return ids;
        }
    }

    private void verify() throws Exception {
        Command verify = Command.run(top, Map.of(), Holdfast.words(withConfig("verify", "--data", "data")));
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("all as written");
    }

    private Holdfast serve() throws Exception {
        return Holdfast.serve(top, withConfig("--data", "data", "--listen", "127.0.0.1:0"));
    }

    private static String[] withConfig(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", "holdfast.conf"));
        return all.toArray(String[]::new);
    }

    private Path restore(PublicApi api, Map<String, String> env, String snapshot) throws Exception {
        String cluster = api.groupPath() + "/clusters/" + env.get("CLUSTER_ID");
        String host = api.groupPath() + "/hosts/" + env.get("HOST_ID");
        boolean ofTheCluster = api.get(cluster + "/snapshots")
                .path("results")
                .findValuesAsText("id")
                .contains(snapshot);
        JsonNode made =
                api.post((ofTheCluster ? cluster : host) + "/restoreJobs", "{\"snapshotId\":\"" + snapshot + "\"}");
        JsonNode job = made.path("results").path(0);
        assertThat(job.path("statusName").asText()).as(made.toString()).isEqualTo("FINISHED");
        Path archive = api.download(job.at("/delivery/url").asText());
        Path to = Files.createTempDirectory(folder, "restored");
        Command.ok(to, "tar", "--strip-components=1", "-xzf", archive.toString());
        Command.ok(
                to,
                "sha256sum",
                "--check",
                "--strict",
                "--quiet",
                top.resolve("expected/" + snapshot).toString());
        return to;
    }

    /** What was restored is captured again: its blocks are known, so hardly anything is new. */
    private void captureAgain(Map<String, String> env, Path directory) throws Exception {
        Command again = Command.run(
                top,
                Map.of("HOLDFAST_AGENT_KEY", env.get("AGENT_KEY")),
                Holdfast.words(
                        "snapshot",
                        "--server",
                        env.get("BASE_URL"),
                        "--group",
                        env.get("GROUP_ID"),
                        "--cluster",
                        env.get("CLUSTER_ID"),
                        "--dbpath",
                        directory.toString(),
                        "--frozen"));
        assertThat(again.exit()).as(again.err()).isZero();
        String added = again.out().replaceFirst("(?s).*bytes, ([0-9,]+) new in the store.*", "$1");
        assertThat(Long.parseLong(added.replace(",", ""))).as(again.out()).isLessThan(20_000);
    }
}
