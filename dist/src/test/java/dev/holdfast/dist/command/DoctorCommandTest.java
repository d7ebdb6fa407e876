package dev.holdfast.dist.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dist.Main;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.ServerWiring;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each fault is staged, and must be named. */
final class DoctorCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private CommandStore store;
    private final List<String> more = new ArrayList<>();

    @BeforeEach
    void init() throws Exception {
        data = folder.resolve("data");
        assertThat(run("init", "--data", data.toString()).exit()).isZero();
        store = new CommandStore(data);
        store.commit(1, 1, 2, 3);
        more.addAll(List.of("--listen", "127.0.0.1:" + freePort()));
    }

    record Said(int exit, String out) {}

    @Test
    void healthyDataDirectory_isWell_servedOrNot_andStaysAsItIs() throws Exception {
        List<String> before = snapshot();
        Said down = doctor();
        assertThat(down.exit()).as(down.out()).isZero();
        assertThat(down.out()).contains("0 FAIL").contains("WARN  reachability  no server serves");
        assertThat(snapshot()).as("it only looks").isEqualTo(before);
        assertThat(doctor("--strict").exit()).as("a warning counts").isEqualTo(1);

        DataDirectory directory = new DataDirectory(data);
        ServerConfig settings = ServerConfig.defaults().withListen(more.get(1));
        try (DataDirectory.Lock lock = directory.lock();
                ServerWiring wiring = ServerWiring.open(directory, settings, Clock.systemUTC(), new SecureRandom())) {
            assertThat(lock).isNotNull();
            wiring.start();
            Said up = doctor("--strict");
            assertThat(up.out())
                    .contains("answers and is ready", "0 WARN, 0 FAIL")
                    .contains("OK    time");
            assertThat(up.exit()).isZero();
        }
    }

    @Test
    void json_isForPrograms() throws Exception {
        Files.delete(data.resolve("secrets.key"));
        Said said = doctor("--output", "json");
        JsonNode all = new ObjectMapper().readTree(said.out());
        assertThat(said.exit()).isEqualTo(1);
        assertThat(all.path("fail").asInt()).isEqualTo(1);
        assertThat(all.path("findings")).anySatisfy(one -> {
            assertThat(one.path("level").asText()).isEqualTo("FAIL");
            assertThat(one.path("about").asText()).isEqualTo("keys");
            assertThat(one.path("mend").asText()).isNotEmpty();
        });
    }

    @Test
    void unknownSettings_areNamed_andTheRestIsLookedAtAllTheSame() throws Exception {
        settings("lisen = \"127.0.0.1:1\"\nhttp.workers = -3\n");
        Files.delete(data.resolve("secrets.key"));
        found("FAIL  settings", "lisen");
        found("FAIL  settings", "http.workers");
        found("FAIL  keys", "secrets.key");
    }

    @Test
    void suspiciousSettings_areNamed() throws Exception {
        settings("public-url = \"http://backup.invalid\"\naccess.empty-list-admits = true\nscrub.bytes-per-day = 0\n"
                + "housekeeping.sweep = false\n");
        more.set(1, "0.0.0.0:" + freePort());
        for (String name : List.of("without TLS", "public-url is http", "empty-list-admits", "scrub", "sweep")) {
            found("WARN  settings", name);
        }
    }

    @Test
    void diskFaults_areNamed() throws Exception {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        found("WARN  disk", "others may read or write");
        settings("readiness.min-free = 1 PiB\n");
        found("FAIL  disk", "less than readiness.min-free");
        data = folder.resolve("nowhere");
        found("FAIL  disk", "is no data directory");
    }

    @Test
    void keysFaults_areNamed_andNoSecretIs() throws Exception {
        Path secrets = data.resolve("secrets.key");
        String secret = Files.readString(secrets).split(" ")[1].strip();
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-r--r--"));
        found("FAIL  keys", "others than its owner");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(secrets, "holdfast-secret-1 " + secret.substring(1) + "\n");
        assertThat(found("FAIL  keys", "is not one").out()).doesNotContain(secret.substring(1));
        settings("encryption.key-file = \"" + folder.resolve("gone.keys") + "\"\n");
        found("FAIL  store", "is not encrypted");
    }

    @Test
    void lostKeyFileOfAnEncryptedStore_isNamed() throws Exception {
        Path keys = folder.resolve("store.keys");
        assertThat(run("store-keys", "make", keys.toString()).exit()).isZero();
        data = folder.resolve("sealed");
        settings("encryption.key-file = \"" + keys + "\"\n");
        assertThat(run("init", "--data", data.toString(), "--config", more.get(3))
                        .exit())
                .isZero();
        found("OK    keys", "master key");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        found("FAIL  keys", "everybody may use the key file");
        Files.delete(keys);
        found("FAIL  keys", keys.toString());
    }

    @Test
    void databaseFaults_areNamed() throws Exception {
        sql("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) VALUES (9999, '9999', 'of the future', 'SQL', 'V9999__x.sql', 'x', 1, 1)");
        found("FAIL  database", "a newer version of Holdfast wrote the rows: V9999 of the future");
        byte[] bytes = Files.readAllBytes(data.resolve("holdfast.db"));
        for (int i = 8192; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(data.resolve("holdfast.db"), bytes);
        found("FAIL  database", "");
        Files.delete(data.resolve("holdfast.db"));
        found("FAIL  database", "there is no database");
        assertThat(data.resolve("holdfast.db")).as("looking makes none").doesNotExist();
    }

    @Test
    void databaseOutOfReach_isNamed_withoutItsPassword() throws Exception {
        settings("database { url = \"jdbc:postgresql://127.0.0.1:" + freePort()
                + "/holdfast?loginTimeout=2\", user = holdfast, password = \"hunter2-secret\" }\n");
        Files.setPosixFilePermissions(Path.of(more.get(3)), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(found("FAIL  database", "refused").out()).doesNotContain("hunter2-secret");
        found("WARN  settings", "has the database's password in it");
    }

    @Test
    void storeFaults_areNamed() throws Exception {
        Path pack = store.list("packs").get(0);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        Files.write(pack, bytes);
        found("FAIL  store", "damaged");
        Path descriptor = store.files().resolve("store");
        byte[] first = Files.readAllBytes(descriptor);
        byte[] damaged = first.clone();
        damaged[damaged.length - 1] ^= 1;
        Files.write(descriptor, damaged);
        found("FAIL  store", "checksum");
        Files.delete(descriptor);
        found("FAIL  store", "there is no store");
    }

    @Test
    void certificateFaults_areNamed() throws Exception {
        TestCertificate good = TestCertificate.make(folder.resolve("good"), "-1d", 400);
        TestCertificate ended = TestCertificate.make(folder.resolve("ended"), "-400d", 365);
        TestCertificate soon = TestCertificate.make(folder.resolve("soon"), "-1d", 11);
        TestCertificate later = TestCertificate.make(folder.resolve("later"), "+10d", 365);
        tls(good.certificate(), good.key());
        found("OK    certificate", "is valid for 39");
        tls(ended.certificate(), ended.key());
        found("FAIL  certificate", "ended at");
        tls(soon.certificate(), soon.key());
        found("WARN  certificate", "ends in ");
        tls(later.certificate(), later.key());
        found("FAIL  certificate", "is valid from");
        tls(good.certificate(), soon.key());
        found("FAIL  certificate", "does not belong to the certificate");
        tls(folder.resolve("none.pem"), good.key());
        found("FAIL  certificate", "is not there");
        tls(good.certificate(), good.key());
        more.addAll(List.of("--public-url", "https://other.invalid:8443"));
        found("WARN  certificate", "public-url says other.invalid");
    }

    @Test
    void addressThatAnotherProgramHas_andOneThatLeadsNowhere_areNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            more.set(1, "127.0.0.1:" + other.getLocalPort());
            found("FAIL  reachability", "another program listens on");
        }
        more.set(1, "127.0.0.1:" + freePort());
        more.addAll(List.of("--public-url", "http://127.0.0.1:" + freePort()));
        found("WARN  reachability", "cannot be reached from here");
    }

    @Test
    void clockThatIsWrong_isNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> answer(other, "Sun, 21 Feb 2016 23:51:30 GMT"), "answers");
            answers.setDaemon(true);
            answers.start();
            more.addAll(List.of("--public-url", "http://127.0.0.1:" + other.getLocalPort()));
            found("FAIL  time", "s apart");
            found("OK    reachability", "/healthz answers");
        }
    }

    @Test
    void agentsThatAreSilent_areNamed() throws Exception {
        long now = System.currentTimeMillis();
        agent("quiet", now - 3_600_000);
        found("WARN  agents", "agent quiet of First project has been silent for 60 minutes");
        agent("early", now + 3_600_000);
        found("FAIL  time", "which is still to come");
        agent("well", now);
        found("OK    agents", "agent well of First project");
    }

    private void agent(String name, long seen) throws Exception {
        sql("INSERT INTO agent (group_id, name, instance, version, hosts, first_seen, last_seen) SELECT id, '" + name
                + "', 'i', '0.1.0', '', " + seen + ", " + seen + " FROM project");
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("holdfast.db"));
                Statement run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    private static void answer(ServerSocket server, String date) {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                byte[] buffer = new byte[4096];
                int unused = client.getInputStream().read(buffer);
                out.write(("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK")
                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                continue; // a connection that was only tried
            }
        }
    }

    private void settings(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("holdfast.conf"), text);
        if (!more.contains("--config")) {
            more.addAll(List.of("--config", file.toString()));
        }
    }

    private void tls(Path certificate, Path key) {
        more.subList(2, more.size()).clear();
        more.addAll(List.of("--tls-cert", certificate.toString(), "--tls-key", key.toString()));
    }

    /** A line with that beginning and those words, and what mends it unless it is OK. */
    private Said found(String beginning, String words) {
        Said said = doctor();
        List<String> lines = said.out().lines().toList();
        int at = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning) && lines.get(i).contains(words)) {
                at = i;
            }
        }
        assertThat(at).as(beginning + " ... " + words + " in:\n" + said.out()).isNotNegative();
        if (!beginning.startsWith("OK")) {
            assertThat(lines.get(at + 1)).contains("mend: ");
        }
        assertThat(said.exit())
                .isEqualTo(said.out().contains("\nFAIL") || said.out().startsWith("FAIL") ? 1 : 0);
        return said;
    }

    private Said doctor(String... words) {
        List<String> all = new ArrayList<>(List.of("doctor", "--data", data.toString()));
        all.addAll(more);
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    private static Said run(String... words) {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        int exit = line.execute(words);
        return new Said(exit, out.toString());
    }

    private List<String> snapshot() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(file -> !file.toString().matches(".*-(wal|shm)"))
                    .map(file -> file
                            + (Files.isRegularFile(file) ? " " + file.toFile().length() : ""))
                    .sorted()
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
