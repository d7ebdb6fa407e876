package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bash script of the kind that operators have, with curl, sed and awk, restores a whole sharded cluster. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class OperatorIT {
    @TempDir
    private Path folder;

    @Test
    void anOperatorsScript_restoresACluster_withTypedValuesAsNumbersAndAsStrings() throws Exception {
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] bytes = new byte[300_000];
        new Random(4).nextBytes(bytes);
        Files.write(dbpath.resolve("collection-0.wt"), bytes);
        Files.write(dbpath.resolve("WiredTiger"), new byte[] {'W'});
        Path script = folder.resolve("operator.sh");
        try (InputStream in = OperatorIT.class.getResourceAsStream("/operator.sh")) {
            Files.copy(in, script);
        }
        Path env = folder.resolve("env");
        try (Holdfast demo = Holdfast.demo(
                folder,
                env,
                "--dbpath",
                dbpath.toString(),
                "--data",
                folder.resolve("data").toString())) {
            Map<String, String> values = Holdfast.read(env);
            PublicApi api = new PublicApi(folder, values);
            String group = api.get(api.groupPath()).path("name").asText();
            JsonNode cluster = api.get(api.groupPath() + "/clusters/" + values.get("SHARDED_CLUSTER_ID"));
            for (String typed : List.of("numbers", "strings")) {
                Path into = folder.resolve(typed);
                Command done = Command.run(
                        folder,
                        Map.of("OM_KEY", values.get("PUBLIC_KEY") + ":" + values.get("PRIVATE_KEY")),
                        List.of(
                                "bash",
                                script.toString(),
                                values.get("BASE_URL"),
                                group,
                                cluster.path("clusterName").asText(),
                                typed,
                                into.toString()));
                assertThat(done.exit()).as("%s%n%s", done.out(), done.err()).isZero();
                List<String> restored = done.out().lines().toList();
                assertThat(restored)
                        .as("config servers first, as lists are newest first")
                        .hasSizeGreaterThan(1);
                assertThat(restored.get(0)).startsWith("config-" + values.get("HOST_ID") + "-");
                Path config = into.resolve(restored.get(0));
                Files.delete(config.resolve("restoreInfo.txt"));
                Command.ok(folder, "diff", "-r", dbpath.toString(), config.toString());
            }
        }
    }
}
