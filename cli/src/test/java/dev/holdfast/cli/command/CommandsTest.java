package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Exit;
import dev.holdfast.cli.fetch.LinkServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;

final class CommandsTest {
    private static final String G = "5196d3628d022db4cbc26d9e";
    private static final String ORDERS = "5196e5b0e4b0fca9cc88334a";
    private static final String HOST = "5462e6b97a312f26496f7d1385ec6ed5";
    private static final String SNAPSHOT = "56ca4d828d022d10b2eff001";
    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final String OTHER_JOB = "56da071f8d022d10b2f0a7c5";
    private static final String BATCH = "56da071f8d022d10b2f0a7c0";
    private static final String SECRET = "db2c132c-a78d-4c11-9d02-6a1f0c0ffee0";

    @TempDir
    private Path folder;

    private final FakeApi api;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(
            name = "holdfast",
            subcommands = {
                ProjectsCommand.class,
                ClustersCommand.class,
                HostsCommand.class,
                SnapshotsCommand.class,
                JobsCommand.class,
                RestoreCommand.class
            })
    private static final class Top {}

    CommandsTest() throws IOException {
        api = new FakeApi();
    }

    @BeforeEach
    void deployment() throws IOException {
        Path profile = Files.writeString(
                folder.resolve("cli.conf"),
                "url = \"" + api.url() + "\"\npublicKey = ewmaqvdo\nprivateKey = \"" + SECRET + "\"\n");
        Files.setPosixFilePermissions(profile, PosixFilePermissions.fromString("rw-------"));
        api.list("/groups", "{\"id\":\"" + G + "\",\"name\":\"Payments\"}");
        api.list(
                "/groups/" + G + "/clusters",
                "{\"id\":\"5196e5b0e4b0fca9cc88334b\",\"clusterName\":\"orders\",\"shardName\":\"shard00\","
                        + "\"replicaSetName\":\"orders-0\",\"typeName\":\"REPLICA_SET\"}",
                "{\"id\":\"" + ORDERS + "\",\"clusterName\":\"orders\",\"typeName\":\"SHARDED_REPLICA_SET\"}");
        api.list(
                "/groups/" + G + "/hosts",
                "{\"id\":\"" + HOST + "\",\"hostname\":\"cfg1\",\"port\":27019,\"typeName\":\"SHARD_CONFIG\"}",
                "{\"id\":\"" + "0".repeat(32)
                        + "\",\"hostname\":\"a1\",\"port\":27018,\"typeName\":\"REPLICA_PRIMARY\"}");
        api.list("/groups/" + G + "/clusters/" + ORDERS + "/snapshots", "{\"id\":\"" + SNAPSHOT + "\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void lists_showWhatTheApiSays() {
        assertThat(run("projects", "list")).as(err.toString()).isZero();
        assertThat(run("clusters", "list", "--output", "json")).isZero();
        assertThat(run("hosts", "list", "--project", "Payments", "--output", "yaml"))
                .isZero();
        assertThat(out.toString())
                .contains(G + "  Payments")
                .contains("\"clusterName\" : \"orders\"")
                .contains("\"hostname\": \"cfg1\"")
                .doesNotContain(SECRET);
    }

    @Test
    void whole_isMeantByItsName_notItsShards() {
        api.put("/groups/" + G + "/clusters/" + ORDERS, "{\"id\":\"" + ORDERS + "\",\"whole\":true}");
        assertThat(run("clusters", "show", "orders")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("whole  true");
        assertThat(run("clusters", "show", "nothing")).isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("there is no cluster nothing").contains("HINT: holdfast clusters list");
    }

    @Test
    void severalProjects_mustBeChosenFrom() {
        api.list("/groups", "{\"id\":\"" + G + "\",\"name\":\"Payments\"}", "{\"id\":\"x\",\"name\":\"Other\"}");
        assertThat(run("clusters", "list")).isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("sees 2 projects").contains("Payments, Other");
    }

    @Test
    void create_ofACluster_asksForTheLatest_andShowsTheBatch() {
        String path = "/groups/" + G + "/clusters/" + ORDERS + "/restoreJobs";
        api.put("POST " + path, FakeApi.listOf(job(JOB, "clusterId", ORDERS, "IN_PROGRESS", "NOT_STARTED", "")));
        assertThat(run(
                        "restore",
                        "create",
                        "--cluster",
                        "orders",
                        "--snapshot",
                        "latest",
                        "--downloads",
                        "3",
                        "--hours",
                        "4"))
                .as(err.toString())
                .isZero();
        assertThat(api.posts)
                .containsExactly(path + " {\"snapshotId\":\"" + SNAPSHOT
                        + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":3,\"expirationHours\":4}}");
        assertThat(out.toString()).contains(JOB);
        assertThat(err.toString()).contains("next: holdfast restore fetch " + BATCH);
        assertThat(run("restore", "create", "--cluster", "orders", "--host", "cfg1", "--snapshot", "latest"))
                .isEqualTo(2);
        assertThat(run("restore", "create", "--host", "cfg1", "--snapshot", "latest"))
                .isEqualTo(Exit.FAILED);
    }

    @Test
    void wait_endsWithWhatBecameOfTheJobs() {
        String path = "/groups/" + G + "/hosts/" + HOST + "/restoreJobs/" + JOB;
        api.put(
                path,
                job(JOB, "hostId", HOST, "IN_PROGRESS", "NOT_STARTED", ""),
                job(JOB, "hostId", HOST, "FINISHED", "READY", ""));
        assertThat(run("restore", "wait", JOB)).as(err.toString()).isZero();
        api.put(path, job(JOB, "hostId", HOST, "BROKEN", "FAILED", ""));
        assertThat(run("restore", "wait", JOB)).isEqualTo(Exit.JOB_FAILED);
        api.put(path, job(JOB, "hostId", HOST, "FINISHED", "EXPIRED", ""));
        assertThat(run("restore", "wait", JOB)).isEqualTo(Exit.LINK_ENDED);
        api.put(path, job(JOB, "hostId", HOST, "IN_PROGRESS", "NOT_STARTED", ""));
        assertThat(run("restore", "wait", JOB, "--timeout", "0")).isEqualTo(Exit.NOT_YET);
        assertThat(run("restore", "wait", "0".repeat(24))).isEqualTo(Exit.FAILED);
        assertThat(run("restore", "wait", "no-id")).isEqualTo(Exit.FAILED);
    }

    @Test
    void fetchOfABatch_getsChecksAndUnpacksEachArchive_onceWhenRunTwice() throws Exception {
        String one = "/groups/" + G + "/hosts/" + HOST + "/restoreJobs/" + JOB;
        String two = "/groups/" + G + "/clusters/5196e5b0e4b0fca9cc88334b/restoreJobs/" + OTHER_JOB;
        Path to = folder.resolve("restored");
        try (LinkServer config = new LinkServer(archive("config-a"));
                LinkServer shard = new LinkServer(archive("shard-b"))) {
            String configJob = job(
                    JOB,
                    "hostId",
                    HOST,
                    "FINISHED",
                    "READY",
                    config.url("config-a.tar.gz").toString());
            String shardJob = job(
                    OTHER_JOB,
                    "clusterId",
                    "5196e5b0e4b0fca9cc88334b",
                    "FINISHED",
                    "READY",
                    shard.url("shard-b.tar.gz").toString());
            api.list("/groups/" + G + "/clusters/" + ORDERS + "/restoreJobs?batchId=" + BATCH, shardJob, configJob);
            api.list("/groups/" + G + "/clusters/5196e5b0e4b0fca9cc88334b/restoreJobs?batchId=" + BATCH, shardJob);
            api.put(one, configJob, hashed(configJob, config.content));
            api.put(two, shardJob, hashed(shardJob, shard.content));

            assertThat(run("restore", "fetch", BATCH, "--to", to.toString(), "--extract", to.toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(to.resolve("config-a/data.wt")).hasContent("config-a");
            assertThat(to.resolve("shard-b/data.wt")).hasContent("shard-b");
            assertThat(out.toString()).contains(", as the server says").doesNotContain("secret-token");
            assertThat(err.toString()).doesNotContain("secret-token");

            // run again when the links are used up: nothing is fetched, all is found right
            api.list(
                    "/groups/" + G + "/clusters/" + ORDERS + "/restoreJobs?batchId=" + BATCH,
                    shardJob.replace("READY", "MAX_DOWNLOADS_EXCEEDED"),
                    configJob.replace("READY", "MAX_DOWNLOADS_EXCEEDED"));
            assertThat(run("restore", "fetch", BATCH, "--to", to.toString(), "--extract", to.toString()))
                    .isZero();
            assertThat(err.toString()).contains("its hash is right");
            assertThat(run(
                            "restore",
                            "fetch",
                            BATCH,
                            "--to",
                            folder.resolve("elsewhere").toString()))
                    .isEqualTo(Exit.LINK_ENDED);
        }
    }

    @Test
    void helpOfEachCommand_hasAnExample() {
        List<CommandLine> all = new ArrayList<>(List.of(commandLine()));
        int leaves = 0;
        while (!all.isEmpty()) {
            CommandLine line = all.remove(all.size() - 1);
            all.addAll(line.getSubcommands().values());
            if (!line.getCommandName().equals("holdfast")) {
                assertThat(line.getUsageMessage())
                        .contains("Example")
                        .contains("  holdfast ")
                        .doesNotContain("--private-key");
                leaves++;
            }
        }
        assertThat(leaves).isGreaterThan(15);
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--profile-file", folder.resolve("cli.conf").toString()));
        return commandLine().execute(all.toArray(String[]::new));
    }

    private CommandLine commandLine() {
        return new CommandLine(new Top())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println(e.getMessage());
                    return e instanceof IExitCodeGenerator own ? own.getExitCode() : Exit.FAILED;
                });
    }

    private static String job(String id, String field, String of, String status, String delivery, String url) {
        return "{\"id\":\"" + id + "\",\"batchId\":\"" + BATCH + "\",\"groupId\":\"" + G + "\",\"" + field + "\":\""
                + of
                + "\",\"statusName\":\"" + status + "\",\"delivery\":{\"statusName\":\"" + delivery + "\",\"url\":\""
                + url + "\"}}";
    }

    private static String hashed(String job, byte[] content) throws Exception {
        String sha1 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        return job.substring(0, job.length() - 1) + ",\"hashes\":[{\"hash\":\"" + sha1 + "\",\"typeName\":\"SHA1\"}]}";
    }

    private static byte[] archive(String top) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            byte[] text = top.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(top + "/data.wt");
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
