package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Holdfast that was set up by hand: init, deployment, and what they printed. */
final class Installation {
    private static final String CLUSTERS = """
            project = "Payments"
            replicaSets = [ { name = "rs0", members = ["db1.example.net:27017"], version = "3.2.22" } ]
            shardedClusters = [ {
              name = "orders"
              shards = [ { shard = "shard00", name = "orders-0", members = ["a1.example.net:27018"], version = "3.2.22" } ]
              mirroredConfigServers = ["cfg1.example.net:27019", "cfg2.example.net:27019", "cfg3.example.net:27019"]
              version = "3.2.22"
            } ]
            """;

    private final Path folder;
    private final Path data;
    private final Path agentKeyFile;
    private final Map<String, String> env = new HashMap<>();

    private Installation(Path folder) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.agentKeyFile = folder.resolve("agent.key");
    }

    static Installation make(Path folder) throws IOException, InterruptedException {
        return make(folder, Map.of());
    }

    /** With more words for {@code init} and {@code deployment}, and more environment. */
    static Installation make(Path folder, Map<String, String> environment, String... more)
            throws IOException, InterruptedException {
        Installation made = new Installation(folder);
        Command init = Holdfast.run(
                folder, environment, words(more, "init", "--data", made.data.toString(), "--project", "Payments"));
        assertThat(init.exit()).as(init.err()).isZero();
        made.env.put("GROUP_ID", find(init.out(), "group id +([0-9a-f]{24})"));
        made.env.put("PUBLIC_KEY", find(init.out(), "public key +([a-z]{8})"));
        made.env.put("PRIVATE_KEY", find(init.out(), "private key +([0-9a-f-]{36})"));
        Files.createFile(
                made.agentKeyFile,
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made.agentKeyFile, find(init.out(), "agent key +(\\S+)") + "\n");
        Path clusters = Files.writeString(folder.resolve("clusters.conf"), CLUSTERS);
        Command deployment = Holdfast.run(
                folder,
                environment,
                words(more, "deployment", "--data", made.data.toString(), "--file", clusters.toString()));
        assertThat(deployment.exit()).as(deployment.err()).isZero();
        made.env.put("HOST_ID", find(deployment.out(), "SHARD_CONFIG +([0-9a-f]{32}) +cfg1"));
        made.env.put("OTHER_HOST_ID", find(deployment.out(), "SHARD_CONFIG +([0-9a-f]{32}) +cfg2"));
        made.env.put("CLUSTER_ID", find(deployment.out(), "REPLICA_SET +([0-9a-f]{24}) +rs0"));
        made.env.put("SHARDED_CLUSTER_ID", find(deployment.out(), "SHARDED_REPLICA_SET +([0-9a-f]{24}) +orders"));
        return made;
    }

    Path data() {
        return data;
    }

    Map<String, String> env() {
        return env;
    }

    Path agentKeyFile() {
        return agentKeyFile;
    }

    /** The API of a server that serves this data. */
    PublicApi api(Holdfast server) {
        Map<String, String> values = new HashMap<>(env);
        values.put("BASE_URL", server.baseUrl());
        return new PublicApi(folder, values);
    }

    /** Runs {@code holdfast snapshot} of a directory as a replica set. */
    Command snapshotOf(Holdfast server, Path dbpath, String cluster) throws IOException, InterruptedException {
        return Holdfast.run(
                folder,
                Map.of(),
                "snapshot",
                "--dbpath",
                dbpath.toString(),
                "--cluster",
                cluster,
                "--group",
                env.get("GROUP_ID"),
                "--server",
                server.baseUrl(),
                "--agent-key-file",
                agentKeyFile.toString());
    }

    /** Runs {@code holdfast snapshot} of a directory as the first mirrored config server. */
    Command snapshot(Holdfast server, Path dbpath, String... more) throws IOException, InterruptedException {
        return snapshotTo(server.baseUrl(), dbpath, more);
    }

    /** The same with any address. */
    Command snapshotTo(String baseUrl, Path dbpath, String... more) throws IOException, InterruptedException {
        return Command.run(folder, Map.of(), snapshotWords(baseUrl, dbpath, more));
    }

    /** The words that start it. */
    List<String> snapshotWords(String baseUrl, Path dbpath, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "snapshot",
                "--dbpath",
                dbpath.toString(),
                "--host",
                env.get("HOST_ID"),
                "--group",
                env.get("GROUP_ID"),
                "--server",
                baseUrl,
                "--agent-key-file",
                agentKeyFile.toString()));
        words.addAll(List.of(more));
        return Holdfast.words(words.toArray(String[]::new));
    }

    private static String[] words(String[] more, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in: %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
