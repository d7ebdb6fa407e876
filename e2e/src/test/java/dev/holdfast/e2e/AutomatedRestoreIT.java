package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AUTOMATED_RESTORE: the agent on the target makes the directory, even if it is killed in the middle. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class AutomatedRestoreIT {
    @TempDir
    private Path folder;

    private PublicApi api;
    private String cluster;

    @Test
    void anAgentThatIsKilledInTheMiddle_leavesNoPart_andTheNextOneMakesTheDirectoryWhole() throws Exception {
        Installation installation = Installation.make(folder);
        Path source = Files.createDirectory(folder.resolve("source"));
        byte[] bytes = new byte[48 << 20];
        new Random(12).nextBytes(bytes);
        Files.write(source.resolve("collection-0.wt"), bytes);
        Files.write(source.resolve("WiredTiger"), new byte[] {'W'});
        Path target = folder.resolve("target").resolve("db");
        Files.createDirectories(target);
        cluster = installation.env().get("CLUSTER_ID");
        try (Holdfast server =
                Holdfast.serve(folder, "--data", installation.data().toString(), "--listen", "127.0.0.1:0")) {
            Command captured = installation.snapshotOf(server, source, cluster);
            assertThat(captured.exit()).as(captured.err()).isZero();
            api = installation.api(server);
            Path config = agentFile(installation, server, target);
            Holdfast first = Holdfast.agent(folder, config);
            JsonNode job;
            try {
                job = restore(installation.env().get("GROUP_ID"));
                String id = job.path("id").asText();
                assertThat(job.path("statusName").asText()).isEqualTo("IN_PROGRESS");
                while (report(id).path("targets").path(0).path("attempt").asInt() == 0) {
                    Thread.sleep(20);
                }
            } finally {
                first.kill9();
            }
            String id = job.path("id").asText();
            if (report(id).path("statusName").asText().equals("IN_PROGRESS")
                    && !Files.exists(target.resolve("WiredTiger"))) {
                assertThat(target).as("nothing but the whole").isEmptyDirectory();
            }
            try (Holdfast second = Holdfast.agent(folder, config)) {
                JsonNode report = report(id);
                while (report.path("statusName").asText().equals("IN_PROGRESS")) {
                    Thread.sleep(50);
                    report = report(id);
                }
                assertThat(report.path("statusName").asText())
                        .as("%s%n%s", report, second.output())
                        .isEqualTo("FINISHED");
            }
            assertThat(target.resolve("collection-0.wt")).hasBinaryContent(bytes);
            assertThat(target.resolve("WiredTiger")).hasBinaryContent(new byte[] {'W'});

            try (Holdfast third = Holdfast.agent(folder, config)) {
                String again =
                        restore(installation.env().get("GROUP_ID")).path("id").asText();
                while (report(again).path("statusName").asText().equals("IN_PROGRESS")) {
                    Thread.sleep(50);
                }
                assertThat(report(again).path("statusName").asText()).isEqualTo("BROKEN");
                assertThat(report(again).path("reason").asText())
                        .as(third.output())
                        .contains("is not an empty directory");
            }
            assertThat(target.resolve("collection-0.wt")).hasBinaryContent(bytes);
        }
    }

    /** Asks until the server has heard of the agent. */
    private JsonNode restore(String group) throws Exception {
        String clusterPath = api.groupPath() + "/clusters/" + cluster;
        String snapshot = api.get(clusterPath + "/snapshots")
                .path("results")
                .path(0)
                .path("id")
                .asText();
        String body = "{\"snapshotId\":\"" + snapshot + "\",\"delivery\":{\"methodName\":\"AUTOMATED_RESTORE\","
                + "\"targetGroupId\":\"" + group + "\",\"targetClusterId\":\"" + cluster + "\"}}";
        JsonNode answer = api.post(clusterPath + "/restoreJobs", body);
        while (answer.path("errorCode").asText().equals("RESTORE_INITIATION_FAILED")) {
            Thread.sleep(50);
            answer = api.post(clusterPath + "/restoreJobs", body);
        }
        assertThat(answer.path("totalCount").asInt()).as(answer.toString()).isEqualTo(1);
        return answer.path("results").path(0);
    }

    private JsonNode report(String job) throws Exception {
        return api.own(api.groupPath() + "/restoreJobs/" + job);
    }

    private Path agentFile(Installation installation, Holdfast server, Path target) throws Exception {
        String host = "";
        for (JsonNode one : api.get(api.groupPath() + "/hosts").path("results")) {
            if (one.path("hostname").asText().equals("db1.example.net")) {
                host = one.path("id").asText();
            }
        }
        List<String> lines = List.of(
                "server = \"" + server.baseUrl() + "\"",
                "group = \"" + installation.env().get("GROUP_ID") + "\"",
                "name = \"test\"",
                "agent-key-file = \"" + installation.agentKeyFile() + "\"",
                "state = \"" + folder.resolve("agent-state") + "\"",
                "hosts { \"" + host + "\" { dbpath = \"" + folder.resolve("source") + "\", restore-into = \"" + target
                        + "\" } }");
        return Files.write(folder.resolve("agent.conf"), lines);
    }
}
