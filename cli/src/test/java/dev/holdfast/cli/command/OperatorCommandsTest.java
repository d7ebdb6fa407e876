package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Exit;
import dev.holdfast.cli.deployment.AuditChain;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;

/** Restores by time, API keys, the audit trail. */
final class OperatorCommandsTest {
    private static final String G = "5196d3628d022db4cbc26d9e";
    private static final String ORG = "5196d3628d022db4cbc26d00";
    private static final String ORDERS = "5196e5b0e4b0fca9cc88334a";
    private static final String PLACE = "/groups/" + G + "/clusters/" + ORDERS;
    private static final String KEY = "56da071f8d022d10b2f0a7c4";
    private static final Instant UNTIL = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final FakeApi api;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(
            name = "holdfast",
            subcommands = {RestoreCommand.class, KeysCommand.class, AuditList.class})
    private static final class Top {}

    OperatorCommandsTest() throws IOException {
        api = new FakeApi();
    }

    @BeforeEach
    void deployment() throws IOException {
        Path profile = Files.writeString(
                folder.resolve("cli.conf"),
                "url = \"" + api.url() + "\"\npublicKey = ewmaqvdo\nprivateKey = \"db2c132c\"\n");
        Files.setPosixFilePermissions(profile, PosixFilePermissions.fromString("rw-------"));
        api.list("/groups", "{\"id\":\"" + G + "\",\"name\":\"Payments\",\"orgId\":\"" + ORG + "\"}");
        api.list(
                "/groups/" + G + "/clusters",
                "{\"id\":\"" + ORDERS + "\",\"clusterName\":\"orders\",\"typeName\":\"SHARDED_REPLICA_SET\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void time_isSentAsTheApiHasIt_howeverItIsWritten() {
        api.put("POST " + PLACE + "/restoreJobs", FakeApi.listOf("{\"id\":\"" + KEY + "\"}"));
        for (String time :
                List.of("2016-02-21T23:51:30Z", "2016-02-22T00:51:30+01:00", "1456098690", "1456098690000")) {
            assertThat(run("restore", "create", "--cluster", "orders", "--at", time))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(api.posts)
                .hasSize(4)
                .allMatch(post -> post.contains("{\"pointInTimeUTCMillis\":1456098690000,\"delivery\""));
        api.posts.clear();
        assertThat(run("restore", "create", "--cluster", "orders", "--at", "1456098690:3"))
                .isZero();
        assertThat(api.posts.get(0)).contains("{\"oplogTs\":\"1456098690\",\"oplogInc\":3,\"delivery\"");
    }

    @Test
    void whatIsNoCertainTime_isRefusedBeforeAnythingIsAsked() {
        for (String time : List.of("yesterday", "2016-02-21T23:51:30", "1900-01-01T00:00:00Z", "-5", "")) {
            assertThat(run("restore", "create", "--cluster", "orders", "--at", time))
                    .isEqualTo(Exit.FAILED);
        }
        assertThat(err.toString()).contains("not a time: 2016-02-21T23:51:30", "HINT:");
        assertThat(run("restore", "create", "--cluster", "orders", "--at", "1", "--snapshot", "latest"))
                .as("one of them")
                .isEqualTo(2);
        assertThat(api.posts).isEmpty();
    }

    @Test
    void timeThatNoSnapshotHolds_isToldWithTheNearestOnes() {
        api.refuse("POST " + PLACE + "/restoreJobs", 409, "NO_CHECKPOINT_FOR_PIT_RESTORE");
        api.list(
                PLACE + "/snapshots",
                snapshot("a4", "2016-02-24T00:00:00Z"),
                snapshot("a3", "2016-02-23T00:00:00Z"),
                snapshot("a2", "2016-02-21T00:00:00Z"),
                snapshot("a1", "2016-02-20T00:00:00Z"));
        assertThat(run("restore", "create", "--cluster", "orders", "--at", "2016-02-22T00:00:00Z"))
                .isEqualTo(Exit.FAILED);
        assertThat(err.toString())
                .contains("no snapshot holds 2016-02-22T00:00:00Z")
                .contains("before it is a2 of 2016-02-21T00:00:00Z (1456012800:7)")
                .contains("after it is a3 of 2016-02-23T00:00:00Z")
                .contains("HINT:")
                .contains("--snapshot a2");
        api.list(PLACE + "/snapshots");
        assertThat(run("restore", "create", "--cluster", "orders", "--at", "2016-02-22T00:00:00Z"))
                .isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("There is no complete snapshot at all");
    }

    @Test
    void otherRefusals_areToldAsTheyAre() {
        api.refuse("POST " + PLACE + "/restoreJobs", 403, "IP_ADDRESS_NOT_ON_ACCESS_LIST");
        assertThat(run("restore", "create", "--cluster", "orders", "--at", "1456098690"))
                .isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("403 IP_ADDRESS_NOT_ON_ACCESS_LIST: said by the server");
    }

    @Test
    void keys_areFoundByIdAndByPublicKey() {
        api.list("/groups/" + G + "/apiKeys", key());
        assertThat(run("keys", "list")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("ewmaqvdo", "nightly drill", "GROUP_OWNER,GROUP_READ_ONLY");
        assertThat(run("keys", "show", "ewmaqvdo", "--output", "json")).isZero();
        assertThat(run("keys", "show", KEY)).isZero();
        assertThat(out.toString())
                .contains("\"publicKey\" : \"ewmaqvdo\"")
                .contains("roles[1].roleName  GROUP_READ_ONLY");
        assertThat(run("keys", "show", "nobody")).isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("there is no key nobody");
    }

    @Test
    void keyThatIsMade_isShownOnce_andAllowedItsAddresses() {
        api.put("POST /groups/" + G + "/apiKeys", key());
        api.list("POST /orgs/" + ORG + "/apiKeys/" + KEY + "/accessList");
        assertThat(run(
                        "keys",
                        "create",
                        "--for",
                        "nightly drill",
                        "--role",
                        "GROUP_READ_ONLY",
                        "--allow",
                        "192.0.2.0/24",
                        "--allow",
                        "192.0.2.7"))
                .as(err.toString())
                .isZero();
        assertThat(api.posts)
                .containsExactly(
                        "/groups/" + G + "/apiKeys {\"desc\":\"nightly drill\",\"roles\":[\"GROUP_READ_ONLY\"]}",
                        "/orgs/" + ORG + "/apiKeys/" + KEY
                                + "/accessList [{\"cidrBlock\":\"192.0.2.0/24\"},{\"ipAddress\":\"192.0.2.7\"}]");
        assertThat(out.toString()).containsPattern("privateKey +of-this-answer-only");
        api.posts.clear();
        assertThat(run("keys", "create", "--global", "--for", "x", "--role", "GLOBAL_OWNER", "--allow", "192.0.2.7"))
                .isEqualTo(Exit.FAILED);
        assertThat(api.posts)
                .as("nothing is made that is not as it was asked for")
                .isEmpty();
    }

    @Test
    void keyThatIsDeleted_losesWhatItHasThere() {
        api.list("/groups/" + G + "/apiKeys", key());
        api.list("/orgs/" + ORG + "/apiKeys", key());
        assertThat(run("keys", "delete", "ewmaqvdo")).as(err.toString()).isZero();
        assertThat(run("keys", "delete", "ewmaqvdo", "--org", ORG)).isZero();
        assertThat(api.deletes).containsExactly("/groups/" + G + "/apiKeys/" + KEY, "/orgs/" + ORG + "/apiKeys/" + KEY);
        assertThat(out.toString())
                .contains("has no role in the project any more")
                .contains("is deleted");
        assertThat(run("keys", "list", "--org", ORG, "--global")).isEqualTo(2);
    }

    @Test
    void audit_isListed_asFarAsAsked() throws Exception {
        api.list("/audit?kind=DOWNLOAD", records(3).toArray(String[]::new));
        assertThat(run("list", "--kind", "DOWNLOAD", "--limit", "2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("SEQ")
                .contains("3  ")
                .contains("2  ")
                .doesNotContain("\n1  ");
        assertThat(run("list", "--limit", "-1")).isEqualTo(2);
    }

    @Test
    void auditChain_isWalked_andEachChangeShows() throws Exception {
        List<String> good = records(120);
        assertThat(verify(good, null).isWhole()).isTrue();
        assertThat(verify(good, null).records()).isEqualTo(120);
        String head = verify(good, null).head();
        assertThat(head).startsWith("120:");
        assertThat(verify(good, head).isWhole()).isTrue();
        assertThat(verify(good, "60:" + "0".repeat(64)).why()).contains("does not contain 60:");

        List<String> changed = new ArrayList<>(good);
        changed.set(20, changed.get(20).replace("record 100", "record one hundred"));
        assertThat(verify(changed, null).brokenAt()).isEqualTo(100);
        List<String> missing = new ArrayList<>(good);
        missing.remove(20);
        assertThat(verify(missing, null).why()).contains("record 100 is missing");
        List<String> cut = good.subList(0, 110);
        assertThat(verify(cut, null).why()).contains("records 1 to 10 are missing");
        assertThat(verify(List.of(), null).head()).isEqualTo("-");
    }

    private AuditChain.Report verify(List<String> records, String expected) throws Exception {
        String path = "/audit?to=2026-03-01T00%3A00%3A00Z";
        if (records.size() <= 100) {
            api.list(path, records.toArray(String[]::new));
        } else {
            api.put(
                    path,
                    FakeApi.listOf(records.subList(0, 100).toArray(String[]::new)),
                    FakeApi.listOf(records.subList(100, records.size()).toArray(String[]::new)));
        }
        Profile profile = Profile.load(folder.resolve("cli.conf"), true, null, Map.of());
        return new AuditChain(Connection.of(profile).api(), UNTIL).run(expected);
    }

    /** Records as a server keeps them, the latest first; docs/audit.md says how they hang together. */
    private static List<String> records(int number) throws Exception {
        List<String> records = new ArrayList<>();
        String before = "0".repeat(64);
        for (int seq = 1; seq <= number; seq++) {
            String text = "{\"at\":\"2016-02-21T23:51:30Z\",\"kind\":\"DOWNLOAD\",\"seq\":" + seq
                    + ",\"what\":\"record " + seq + " “ü”\"}";
            before = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((before + "\n" + text).getBytes(StandardCharsets.UTF_8)));
            records.add(text.replace(",\"kind\"", ",\"hash\":\"" + before + "\",\"kind\""));
        }
        Collections.reverse(records);
        return records;
    }

    private static String key() {
        return "{\"desc\":\"nightly drill\",\"id\":\"" + KEY + "\",\"privateKey\":\"of-this-answer-only\","
                + "\"publicKey\":\"ewmaqvdo\",\"roles\":[{\"roleName\":\"GROUP_OWNER\"},{\"roleName\":"
                + "\"GROUP_READ_ONLY\"}]}";
    }

    private static String snapshot(String id, String date) {
        return "{\"id\":\"" + id + "\",\"lastOplogAppliedTimestamp\":{\"date\":\"" + date + "\",\"increment\":7}}";
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--profile-file", folder.resolve("cli.conf").toString()));
        return new CommandLine(new Top())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println(e.getMessage());
                    return e instanceof IExitCodeGenerator own ? own.getExitCode() : Exit.FAILED;
                })
                .execute(all.toArray(String[]::new));
    }
}
