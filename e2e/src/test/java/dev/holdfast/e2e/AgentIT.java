package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup is started over the API, and an agent that is killed on the way takes its first snapshot. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class AgentIT {
    @TempDir
    private Path folder;

    private Installation installation;
    private Path dbpath;
    private Path told;
    private Process agent;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.make(folder);
        dbpath = Files.createDirectory(folder.resolve("db"));
        told = folder.resolve("told");
        byte[] random = new byte[3 << 20];
        new Random(7).nextBytes(random);
        Files.write(dbpath.resolve("collection-0.wt"), random);
        Files.writeString(dbpath.resolve("WiredTiger"), "WiredTiger 3.2.1");
    }

    @AfterEach
    void stopAgent() {
        if (agent != null) {
            agent.destroyForcibly();
        }
    }

    @Test
    void anAgentThatIsKilledWhileItsHostIsFrozen_letsItGo_andTakesTheSnapshot() throws Exception {
        Path settings = Files.writeString(
                folder.resolve("holdfast.conf"), "schedule.interval = 1s, agents { poll = 1s, retry-after = 1s }");
        try (Holdfast server = Holdfast.serve(
                folder,
                "--data",
                installation.data().toString(),
                "--listen",
                "127.0.0.1:0",
                "--config",
                settings.toString())) {
            PublicApi api = installation.api(server);
            String config =
                    api.groupPath() + "/backupConfigs/" + installation.env().get("CLUSTER_ID");
            Path file = agentFile(server, api);
            agent = start(file);
            assertThat(api.patch(config, "{\"statusName\":\"STARTED\"}")
                            .path("statusName")
                            .asText())
                    .isEqualTo("PROVISIONING");
            await("the freeze", () -> told().contains("freeze"));
            agent.destroyForcibly().waitFor();
            assertThat(told()).containsExactly("freeze");

            agent = start(file);
            String snapshots =
                    api.groupPath() + "/clusters/" + installation.env().get("CLUSTER_ID") + "/snapshots";
            await(
                    "a complete snapshot",
                    () -> api.get(snapshots).path("totalCount").asInt() == 1);
            await("the thaw", () -> told().size() == 4);
            assertThat(told()).containsExactly("freeze", "thaw", "freeze", "thaw");
            JsonNode snapshot = api.get(snapshots).path("results").path(0);
            assertThat(snapshot.path("complete").asBoolean()).isTrue();
            assertThat(snapshot.path("parts").path(0).path("dataSizeBytes").asLong())
                    .isGreaterThan(3 << 20);
            assertThat(api.get(config).path("statusName").asText()).isEqualTo("STARTED");

            // to be asked to end is no failure
            agent.destroy();
            assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.exitValue()).isZero();
        }
    }

    private Path agentFile(Holdfast server, PublicApi api) throws IOException, InterruptedException {
        Path freeze = script("freeze", "if [ ! -e " + folder + "/once ]; then touch " + folder + "/once; sleep 20; fi");
        Path thaw = script("thaw", "");
        String host = "";
        for (JsonNode one : api.get(api.groupPath() + "/hosts").path("results")) {
            if (one.path("hostname").asText().equals("db1.example.net")) {
                host = one.path("id").asText();
            }
        }
        return Files.writeString(folder.resolve("agent.conf"), """
                server = "%s"
                group = %s
                name = db1
                agent-key-file = %s
                state = %s
                hosts { %s { dbpath = %s, freeze = [%s], thaw = [%s] } }
                """.formatted(
                        server.baseUrl(),
                        quoted(installation.env().get("GROUP_ID")),
                        quoted(installation.agentKeyFile().toString()),
                        quoted(folder.resolve("state").toString()),
                        quoted(host),
                        quoted(dbpath.toString()),
                        quoted(freeze.toString()),
                        quoted(thaw.toString())));
    }

    private Path script(String word, String more) throws IOException {
        Path file = Files.writeString(
                folder.resolve(word + ".sh"), "#!/bin/sh\necho " + word + " >> " + told + "\n" + more + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Process start(Path file) throws IOException {
        return new ProcessBuilder(Holdfast.words("agent", "--config", file.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
    }

    private List<String> told() throws IOException {
        return Files.exists(told) ? Files.readAllLines(told) : List.of();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(100);
        }
        Path log = folder.resolve("agent.log");
        throw new AssertionError(
                "no " + what + "; the agent said: " + (Files.exists(log) ? Files.readString(log) : ""));
    }
}
