package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The Debian packages in a clean root, as an administrator has them: install, set up, upgrade, remove, purge. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(
        named = CleanRoot.POSSIBLE,
        matches = "1",
        disabledReason = "root and debootstrap are needed: run ./test as root")
final class DebianIT {
    private static final String DATA = "/var/lib/holdfast";
    private static final String OLD = "0.1.0~test1";
    private static final String NEW = "0.1.0~test2";

    @TempDir
    private static Path folder;

    private static PackageBuild packages;
    private static CleanRoot root;

    private Process server;
    private Process agent;
    private PublicApi api;

    @BeforeAll
    static void make() throws Exception {
        packages = PackageBuild.ofThisBuild(folder.resolve("packages"), OLD, "deb");
        root = CleanRoot.make(folder);
    }

    @AfterAll
    static void remove() throws Exception {
        root.delete();
    }

    @AfterEach
    void stopAll() throws Exception {
        stop(agent);
        stop(server);
        // the next test finds the root as it was made
        root.run("apt-get", "purge", "-y", "holdfast-server", "holdfast-agent");
        root.run("rm", "-rf", DATA, "/etc/holdfast");
    }

    @Test
    void packages_install_serve_restore_upgrade_andPurge() throws Exception {
        PackageBuild next = packages.renamed(folder.resolve("next"), NEW);
        root.ok("groupadd", "--system", "mongodb");
        makeDatabase();
        Set<String> before = root.paths();

        root.install(packages.file("holdfast-server_.*"), packages.file("holdfast-agent_.*"));
        assertThat(root.run("sh", "-c", "command -v java").exit()).as("a Java").isNotZero();
        layoutIsRight();
        unitsAreSound();

        Map<String, String> env = setUp();
        Snapshots snapshots = new Snapshots(env);
        start(env);
        String old = snapshots.take();
        JsonNode job = snapshots.restore(old);

        // the administrator's settings, the data and the keys live through an upgrade
        stop(agent);
        stop(server);
        String settings = Files.readString(root.at("/etc/holdfast/holdfast.conf"));
        byte[] secrets = Files.readAllBytes(root.at(DATA + "/secrets.key"));
        root.install(next.file("holdfast-server_.*"), next.file("holdfast-agent_.*"));
        assertThat(root.ok("dpkg-query", "-W", "-f", "${Version}", "holdfast-server")
                        .out())
                .isEqualTo(NEW);
        assertThat(root.at("/etc/holdfast/holdfast.conf")).hasContent(settings);
        assertThat(root.owner("/etc/holdfast/holdfast.conf")).isEqualTo("root:holdfast 640");
        assertThat(Files.readAllBytes(root.at(DATA + "/secrets.key"))).isEqualTo(secrets);
        start(env);
        snapshots.unpacked(api.download(job.path("delivery").path("url").asText()), "link-of-before");
        snapshots.restore(old);
        stop(agent);
        stop(server);

        // what was removed is there again after the next installation
        root.ok("apt-get", "remove", "-y", "holdfast-server", "holdfast-agent");
        assertThat(root.at("/usr/lib/holdfast")).doesNotExist();
        assertThat(root.at("/usr/lib/holdfast-agent")).doesNotExist();
        assertThat(root.owner(DATA)).isEqualTo("holdfast:holdfast 700");
        root.install(next.file("holdfast-server_.*"));
        startServer(env);
        snapshots.restore(old);
        stop(server);

        purgeKeepsSnapshots(before);
        root.install(next.file("holdfast-server_.*"));
        assertThat(root.owner(DATA + "/secrets.key")).isEqualTo("holdfast:holdfast 600");
        root.write("/etc/holdfast/holdfast.conf", settings);
        startServer(env);
        snapshots.restore(old);
        stop(server);
        root.ok("apt-get", "purge", "-y", "holdfast-server");
        root.ok("rm", "-r", DATA);
        assertThat(difference(root.paths(), before)).as("what is left").isEmpty();
    }

    @Test
    void purgeOfAServerThatNeverHadASnapshot_leavesNothing() throws Exception {
        Set<String> before = root.paths();
        Command installed = root.install(packages.file("holdfast-server_.*"));
        assertThat(installed.out()).contains("holdfast init --data " + DATA);
        assertThat(SystemdUnit.read(root, "holdfast.service").asserts()).isFalse();
        holdfast("init", "--data", DATA);
        root.ok("apt-get", "purge", "-y", "holdfast-server");
        assertThat(difference(root.paths(), before)).isEmpty();
        assertThat(root.run("getent", "passwd", "holdfast").exit()).isNotZero();
    }

    private void layoutIsRight() throws Exception {
        assertThat(root.owner(DATA)).isEqualTo("holdfast:holdfast 700");
        assertThat(root.owner("/var/lib/holdfast-agent")).isEqualTo("holdfast-agent:holdfast-agent 700");
        assertThat(root.owner("/etc/holdfast/holdfast.conf")).isEqualTo("root:holdfast 640");
        assertThat(root.owner("/etc/holdfast/agent.conf")).isEqualTo("root:holdfast-agent 640");
        assertThat(root.ok("id", "-nG", "holdfast-agent").out().trim()).isEqualTo("holdfast-agent mongodb");
        assertThat(root.ok("holdfast", "version").out()).startsWith("holdfast ");
        assertThat(root.ok("holdfast-agent", "version").out()).startsWith("holdfast ");
        assertThat(Command.ok(root.at("/usr/lib/holdfast-agent/lib"), "ls").out())
                .as("the agent comes without the server")
                .contains("holdfast-agent-", "holdfast-contract-", "holdfast-dist-")
                .doesNotContain("holdfast-server", "holdfast-store", "holdfast-database", "vertx", "sqlite");
        for (String name : List.of("holdfast", "holdfast-agent")) {
            assertThat(root.at("/usr/share/man/man1/" + name + ".1.gz")).isNotEmptyFile();
            // an installation enables what can be started once it is set up
            assertThat(Files.isSymbolicLink(
                            root.at("/etc/systemd/system/multi-user.target.wants/" + name + ".service")))
                    .isTrue();
        }
        root.ok("dpkg", "--verify", "holdfast-server", "holdfast-agent");
    }

    private void unitsAreSound() throws Exception {
        for (String name : List.of("holdfast.service", "holdfast-agent.service")) {
            SystemdUnit unit = SystemdUnit.read(root, name);
            assertThat(unit.isHardened()).as(name).isTrue();
            assertThat(unit.asserts()).as("%s before it is set up", name).isFalse();
            if (Command.run(folder, List.of("sh", "-c", "command -v systemd-analyze"))
                            .exit()
                    == 0) {
                // the units that it names are this machine's, the program is the one in the root
                String file = Files.writeString(
                                folder.resolve(name),
                                Files.readString(root.at("/usr/lib/systemd/system/" + name))
                                        .replace("ExecStart=", "ExecStart=" + root.path()))
                        .toString();
                Command verified = Command.run(folder, List.of("systemd-analyze", "verify", "--man=no", file));
                assertThat(verified.out() + verified.err()).as(name).doesNotContain(name);
                assertThat(verified.exit()).as(verified.err()).isZero();
                Command judged = Command.run(
                        folder, List.of("systemd-analyze", "security", "--offline=true", "--threshold=25", file));
                assertThat(judged.exit()).as(judged.out() + judged.err()).isZero();
            }
        }
    }

    /** What getting-started.md says, in the packages' places. */
    private Map<String, String> setUp() throws Exception {
        Map<String, String> env = new TreeMap<>();
        String made = holdfast("init", "--data", DATA, "--project", "Payments").out();
        env.put("GROUP_ID", find(made, "group id +([0-9a-f]{24})"));
        env.put("PUBLIC_KEY", find(made, "public key +([a-z]{8})"));
        env.put("PRIVATE_KEY", find(made, "private key +([0-9a-f-]{36})"));
        root.write("/etc/holdfast/agent.key", find(made, "agent key +(\\S+)") + "\n");
        root.ok("chown", "holdfast-agent:", "/etc/holdfast/agent.key");
        root.ok("chmod", "600", "/etc/holdfast/agent.key");
        root.write(
                "/srv/clusters.conf",
                "project = Payments, replicaSets = [ { name = rs0, members = [\"db1:27017\"], version = \"3.2.22\" } ]\n");
        String deployed = holdfast("deployment", "--data", DATA, "--file", "/srv/clusters.conf")
                .out();
        Files.delete(root.at("/srv/clusters.conf"));
        env.put("CLUSTER_ID", find(deployed, "REPLICA_SET +([0-9a-f]{24}) +rs0"));
        env.put("DB_HOST_ID", find(deployed, "([0-9a-f]{32}) +db1"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        env.put("BASE_URL", "http://127.0.0.1:" + port);
        root.write(
                "/etc/holdfast/holdfast.conf",
                "listen = \"127.0.0.1:" + port + "\", schedule.interval = 1s, agents.poll = 1s\n");
        root.write("/etc/holdfast/agent.conf", """
                server = "%s"
                group = "%s"
                name = db1
                agent-key-file = /etc/holdfast/agent.key
                state = /var/lib/holdfast-agent
                hosts { "%s" { dbpath = /srv/mongo, frozen = true } }
                """.formatted(
                        env.get("BASE_URL"), env.get("GROUP_ID"), env.get("DB_HOST_ID")));
        return env;
    }

    private Command holdfast(String... words) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("runuser", "-u", "holdfast", "--", "holdfast"));
        all.addAll(List.of(words));
        return root.ok(all.toArray(String[]::new));
    }

    private void makeDatabase() throws Exception {
        Files.createDirectories(root.at("/srv/mongo/journal"));
        byte[] random = new byte[700_000];
        new java.util.Random(11).nextBytes(random);
        Files.write(root.at("/srv/mongo/collection-0.wt"), random);
        root.write("/srv/mongo/WiredTiger", "WiredTiger 3.2.1");
        root.ok("chgrp", "-R", "mongodb", "/srv/mongo");
        root.ok("chmod", "-R", "u=rwX,g=rX,o=", "/srv/mongo");
    }

    private void start(Map<String, String> env) throws Exception {
        startServer(env);
        Path log = folder.resolve("agent.log");
        Files.deleteIfExists(log);
        agent = SystemdUnit.read(root, "holdfast-agent.service").start(log);
        // one that is asked to end before it has begun ends as any program does
        for (int i = 0; i < 300 && !Files.readString(log).contains(" serves "); i++) {
            Thread.sleep(100);
        }
    }

    private void startServer(Map<String, String> env) throws Exception {
        SystemdUnit unit = SystemdUnit.read(root, "holdfast.service");
        assertThat(unit.asserts()).isTrue();
        server = unit.start(folder.resolve("server.log"));
        api = new PublicApi(folder, env);
        for (int i = 0; ; i++) {
            Command health = Command.run(folder, List.of("curl", "-fsS", env.get("BASE_URL") + "/healthz"));
            if (health.exit() == 0) {
                return;
            }
            assertThat(server.isAlive() && i < 300).as(logs()).isTrue();
            Thread.sleep(100);
        }
    }

    /** As the service manager asks; both end with status 0. */
    private void stop(Process process) throws Exception {
        if (process != null && process.isAlive()) {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(logs()).isTrue();
            assertThat(process.exitValue()).as(logs()).isZero();
        }
    }

    private void purgeKeepsSnapshots(Set<String> before) throws Exception {
        Command purged = root.ok("apt-get", "purge", "-y", "holdfast-server", "holdfast-agent");
        assertThat(purged.out() + purged.err()).contains("snapshots were kept").contains("rm -r " + DATA);
        assertThat(root.owner(DATA)).isEqualTo("root:root 700");
        assertThat(root.ok("find", DATA, "!", "-user", "root").out()).isEmpty();
        for (String name : List.of("holdfast", "holdfast-agent")) {
            assertThat(root.run("getent", "passwd", name).exit()).isNotZero();
            assertThat(root.run("getent", "group", name).exit()).isNotZero();
        }
        Set<String> left = difference(root.paths(), before);
        left.removeIf(path -> path.startsWith(DATA + "/"));
        assertThat(left)
                .as("docs/operations.md says: the data, and what the administrator made")
                .containsExactly("/etc/holdfast", "/etc/holdfast/agent.key", DATA);
        Files.delete(root.at("/etc/holdfast/agent.key"));
    }

    private static Set<String> difference(Set<String> now, Set<String> before) {
        Set<String> more = new TreeSet<>(now);
        more.removeAll(before);
        return more;
    }

    private String logs() throws Exception {
        return Command.bash(folder, "tail -n 30 server.log agent.log 2>&1 || true")
                .out();
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in: %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    /** The snapshots that the agent takes, over the public API. */
    private final class Snapshots {
        private final Map<String, String> env;
        private int restores;

        Snapshots(Map<String, String> env) {
            this.env = env;
        }

        private String cluster() {
            return api.groupPath() + "/clusters/" + env.get("CLUSTER_ID");
        }

        String take() throws Exception {
            JsonNode started = api.patch(
                    api.groupPath() + "/backupConfigs/" + env.get("CLUSTER_ID"), "{\"statusName\":\"STARTED\"}");
            assertThat(started.path("statusName").asText())
                    .as(started.toString())
                    .isEqualTo("PROVISIONING");
            for (int i = 0; i < 300; i++) {
                JsonNode list = api.get(cluster() + "/snapshots");
                if (list.path("totalCount").asInt() == 1) {
                    return list.at("/results/0/id").asText();
                }
                Thread.sleep(100);
            }
            throw new AssertionError("no snapshot: " + logs());
        }

        JsonNode restore(String snapshot) throws Exception {
            JsonNode made = api.post(
                    cluster() + "/restoreJobs",
                    "{\"snapshotId\":\"" + snapshot
                            + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":9,\"expirationHours\":9}}");
            JsonNode job = made.at("/results/0");
            assertThat(job.path("statusName").asText()).as(made.toString()).isEqualTo("FINISHED");
            restores++;
            unpacked(api.download(job.at("/delivery/url").asText()), "restored-" + restores);
            return job;
        }

        void unpacked(Path archive, String name) throws Exception {
            Path to = Files.createDirectory(folder.resolve(name));
            Command.ok(to, "tar", "--strip-components=1", "-xzf", archive.toString());
            Files.delete(to.resolve("restoreInfo.txt"));
            Files.deleteIfExists(to.resolve("seedSecondary.sh"));
            Command.ok(folder, "diff", "-r", root.at("/srv/mongo").toString(), to.toString());
            Files.delete(archive);
        }
    }
}
