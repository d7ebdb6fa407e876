package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as an operator does it: the demo, the documented curl, the archive, the data. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DemoIT {
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void documentedCurl_answersTheChallengeThenTheJob() throws Exception {
        Path env = folder.resolve("env");
        try (Holdfast demo =
                Holdfast.demo(folder, env, "--data", folder.resolve("data").toString())) {
            Map<String, String> values = Holdfast.read(env);
            assertThat(values.keySet())
                    .containsExactlyInAnyOrder(
                            "BASE_URL",
                            "PUBLIC_KEY",
                            "PRIVATE_KEY",
                            "GROUP_ID",
                            "HOST_ID",
                            "JOB_ID",
                            "SNAPSHOT_ID",
                            "CLUSTER_ID",
                            "SHARDED_CLUSTER_ID",
                            "HOST_SNAPSHOT_ID");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
                    .isEqualTo("rw-------");
            assertThat(demo.output()).contains("curl --user").contains(values.get("JOB_ID"));

            // the command that the demo prints, line continuation and all
            String output = demo.output();
            String paste = output.substring(output.indexOf("curl --user"));
            paste = paste.substring(0, paste.indexOf("?pretty=true\"") + "?pretty=true\"".length());
            String answer = Command.bash(folder, paste).out();

            assertThat(answer)
                    .contains("HTTP/1.1 401 Unauthorized")
                    .contains("HTTP/1.1 200 OK")
                    .containsPattern("WWW-Authenticate: Digest realm=\"MMS Public API\", domain=\"\","
                            + " nonce=\"[^\"=,]+\", algorithm=MD5, qop=\"auth\", stale=false\r\n")
                    .containsPattern("X-MongoDB-Service-Version: gitHash=[^;]+; versionString=\\d+\\.\\d+\\.\\d+\r\n")
                    .contains("Strict-Transport-Security: max-age=300")
                    .contains("Vary: Accept-Encoding");
            JsonNode job = json.readTree(answer.substring(answer.lastIndexOf("\r\n\r\n")));
            List<String> fields = new ArrayList<>();
            job.fieldNames().forEachRemaining(fields::add);
            assertThat(fields)
                    .containsExactly(
                            "batchId",
                            "created",
                            "delivery",
                            "encryptionEnabled",
                            "groupId",
                            "hostId",
                            "id",
                            "links",
                            "pointInTime",
                            "snapshotId",
                            "statusName",
                            "timestamp");
            assertThat(job.path("id").asText()).isEqualTo(values.get("JOB_ID"));
            assertThat(job.path("hostId").asText()).isEqualTo(values.get("HOST_ID"));
            assertThat(job.path("snapshotId").asText()).isEqualTo(values.get("HOST_SNAPSHOT_ID"));
            assertThat(job.path("statusName").asText()).isEqualTo("FINISHED");
            assertThat(job.path("delivery").path("statusName").asText()).isEqualTo("READY");
            assertThat(job.path("delivery").path("maxDownloads").isInt()).isTrue();
            assertThat(job.path("delivery").path("maxDownloads").asInt()).isEqualTo(3);
            assertThat(job.path("delivery").path("expirationHours").asInt()).isEqualTo(24);
            assertThat(job.path("timestamp").path("increment").isInt()).isTrue();
            assertThat(job.path("links").path(0).path("rel").asText()).isEqualTo("self");
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = WiredTiger.INSTALLED,
            matches = "1",
            disabledReason = "WiredTiger is not installed: run ./test")
    void archive_restoresTheDirectoryBitForBit_andWiredTigerOpensIt() throws Exception {
        WiredTiger wiredTiger = new WiredTiger(folder);
        Path original = wiredTiger.build("config", "config", "20000");
        Map<String, String> content = wiredTiger.content(original);
        assertThat(content).as("tables").hasSize(9);
        Path env = folder.resolve("env");
        try (Holdfast demo = Holdfast.demo(
                folder,
                env,
                "--dbpath",
                original.toString(),
                "--data",
                folder.resolve("data").toString())) {
            PublicApi api = new PublicApi(folder, Holdfast.read(env));
            JsonNode job = api.get(api.jobPath());
            String url = job.path("delivery").path("url").asText();
            Path archive = api.download(url);
            Command.ok(folder, "gzip", "-t", archive.toString());
            Path restored = Files.createDirectory(folder.resolve("restored"));
            Command.ok(folder, "tar", "-C", restored.toString(), "-xzf", archive.toString());

            Path top = restored.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
            assertThat(Command.ok(folder, "ls", restored.toString()).out().trim())
                    .as("the archive has one top folder, named after the file")
                    .isEqualTo(top.getFileName().toString());
            String info = Files.readString(top.resolve("restoreInfo.txt"));
            assertThat(info).contains("Group Name: ").containsPattern("(?m)^MongoDB Version: \\d");
            Files.delete(top.resolve("restoreInfo.txt"));
            Command.ok(folder, "diff", "-r", original.toString(), top.toString());
            Command.bash(
                    folder,
                    "diff <(cd '" + original + "' && find . -printf '%p %m %T@ %s %y\\n' | sort)" + " <(cd '" + top
                            + "' && find . -printf '%p %m %T@ %s %y\\n' | sort) | grep -v ' \\.\\?[0-9]* d$' || true");
            assertThat(wiredTiger.content(top)).isEqualTo(content);

            String sha1 =
                    Command.ok(folder, "sha1sum", archive.toString()).out().substring(0, 40);
            JsonNode after = api.get(api.jobPath());
            assertThat(after.path("hashes").path(0).path("hash").asText()).isEqualTo(sha1);
            assertThat(after.path("hashes").path(0).path("typeName").asText()).isEqualTo("SHA1");
            assertThat(after.path("hashes").path(0).path("fileName").asText())
                    .isEqualTo(archive.getFileName().toString());
            assertThat(demo.output()).doesNotContain("ERROR");
        }
    }

    @Test
    void secondRunOnTheSameData_continuesAndKeepsTheFirst() throws Exception {
        Path env = folder.resolve("env");
        String data = folder.resolve("data").toString();
        Map<String, String> first;
        try (Holdfast demo = Holdfast.demo(folder, env, "--data", data)) {
            first = Holdfast.read(env);
        }
        try (Holdfast demo = Holdfast.demo(folder, env, "--data", data)) {
            Map<String, String> second = Holdfast.read(env);
            assertThat(second.get("GROUP_ID")).isEqualTo(first.get("GROUP_ID"));
            assertThat(second.get("HOST_ID")).isEqualTo(first.get("HOST_ID"));
            assertThat(second.get("SHARDED_CLUSTER_ID")).isEqualTo(first.get("SHARDED_CLUSTER_ID"));
            assertThat(second.get("JOB_ID")).isNotEqualTo(first.get("JOB_ID"));
            assertThat(second.get("PUBLIC_KEY")).isNotEqualTo(first.get("PUBLIC_KEY"));
            PublicApi api = new PublicApi(folder, second);
            JsonNode old =
                    api.get(api.groupPath() + "/hosts/" + first.get("HOST_ID") + "/restoreJobs/" + first.get("JOB_ID"));
            assertThat(old.path("statusName").asText()).isEqualTo("FINISHED");
            Path archive = api.download(old.path("delivery").path("url").asText());
            Command.ok(folder, "gzip", "-t", archive.toString());
            assertThat(demo.output()).contains("FINISHED");
        }
    }

    @Test
    void secondServerOnTheSameData_isRefused() throws Exception {
        Path env = folder.resolve("env");
        String data = folder.resolve("data").toString();
        try (Holdfast demo = Holdfast.demo(folder, env, "--data", data)) {
            Command second = Holdfast.run(folder, Map.of(), "serve", "--data", data, "--listen", "127.0.0.1:0");
            assertThat(second.exit()).isNotZero();
            assertThat(second.err()).contains("another process serves").contains("HINT");
            assertThat(demo.output()).contains("curl");
        }
    }
}
