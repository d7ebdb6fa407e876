package dev.holdfast.dist.deployment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a deployment file (HOCON). All its problems are reported together, each with the path of the value:
 *
 * <pre>
 * project = "Payments"
 * replicaSets = [ { name = "rs0", members = ["db1.example.net:27017"], version = "3.2.22" } ]
 * shardedClusters = [ {
 *   name = "payments"
 *   shards = [ { shard = "shard00", name = "set00", members = ["a1.example.net:27018"], version = "3.2.22" } ]
 *   mirroredConfigServers = ["c1.example.net:27019", "c2.example.net:27019", "c3.example.net:27019"]
 *   version = "3.2.22"
 * } ]
 * </pre>
 *
 * <p>A cluster with a config server replica set has {@code configReplicaSet { name, members, version }} in place of
 * {@code mirroredConfigServers}.
 */
public final class DeploymentFile {
    private static final Set<String> TOP = Set.of("project", "replicaSets", "shardedClusters");
    private static final Set<String> SET = Set.of("name", "members", "version");
    private static final Set<String> SHARD = Set.of("shard", "name", "members", "version");
    private static final Set<String> SHARDED =
            Set.of("name", "shards", "mirroredConfigServers", "configReplicaSet", "version");
    private static final int MIRRORS = 3;
    private static final String HINT = "\nHINT: holdfast deployment --help shows what to write in it.";

    private final List<String> problems = new ArrayList<>();

    private DeploymentFile() {}

    /**
     * Reads {@code file}.
     *
     * @throws IllegalArgumentException with all problems, a line each
     */
    public static DeploymentPlan read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("the deployment file " + file + " cannot be read"
                    + "\nHINT: name a file that exists with --file; deployment --help shows what to write in it.");
        }
        try {
            return parse(ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults()), file.toString());
        } catch (ConfigException e) {
            throw new IllegalArgumentException(
                    "the deployment file " + file + " is not HOCON: " + e.getMessage() + HINT, e);
        }
    }

    /** Reads what is parsed already; {@code name} stands for it in messages. */
    public static DeploymentPlan parse(Config config, String name) {
        DeploymentFile reader = new DeploymentFile();
        DeploymentPlan plan = reader.plan(config.resolve());
        if (!reader.problems.isEmpty()) {
            throw new IllegalArgumentException("the deployment file " + name + " has " + reader.problems.size()
                    + " problem(s):\n  " + String.join("\n  ", reader.problems) + HINT);
        }
        return plan;
    }

    private DeploymentPlan plan(Config config) {
        known(config, "", TOP);
        List<DeploymentPlan.ReplicaSet> sets = new ArrayList<>();
        List<DeploymentPlan.ShardedCluster> clusters = new ArrayList<>();
        each(config, "replicaSets", "", (set, path) -> sets.add(replicaSet(set, path, SET)));
        each(config, "shardedClusters", "", (cluster, path) -> clusters.add(sharded(cluster, path)));
        if (sets.isEmpty() && clusters.isEmpty()) {
            problems.add("replicaSets, shardedClusters: one of them must name something");
        }
        return new DeploymentPlan(text(config, "project", "", true), sets, clusters);
    }

    private DeploymentPlan.ShardedCluster sharded(Config config, String at) {
        known(config, at, SHARDED);
        List<DeploymentPlan.ReplicaSet> shards = new ArrayList<>();
        each(config, "shards", at, (shard, path) -> shards.add(replicaSet(shard, path, SHARD)));
        if (shards.isEmpty()) {
            problems.add(at + "shards: a sharded cluster has at least one");
        }
        List<DeploymentPlan.Address> mirrors = addresses(config, "mirroredConfigServers", at);
        boolean set = config.hasPath("configReplicaSet");
        if (set != mirrors.isEmpty() || !mirrors.isEmpty() && mirrors.size() != MIRRORS) {
            problems.add(at + "mirroredConfigServers: name three mirrored config servers, or configReplicaSet");
        }
        return new DeploymentPlan.ShardedCluster(
                text(config, "name", at, true),
                shards,
                mirrors,
                set ? replicaSet(config.getConfig("configReplicaSet"), at + "configReplicaSet.", SET) : null,
                text(config, "version", at, false));
    }

    private DeploymentPlan.ReplicaSet replicaSet(Config config, String at, Set<String> names) {
        known(config, at, names);
        List<DeploymentPlan.Address> members = addresses(config, "members", at);
        if (members.isEmpty()) {
            problems.add(at + "members: a replica set has at least one");
        }
        return new DeploymentPlan.ReplicaSet(
                text(config, "name", at, true),
                names == SHARD ? text(config, "shard", at, true) : null,
                members,
                text(config, "version", at, false));
    }

    private List<DeploymentPlan.Address> addresses(Config config, String key, String at) {
        List<DeploymentPlan.Address> addresses = new ArrayList<>();
        if (!config.hasPath(key)) {
            return addresses;
        }
        try {
            for (String text : config.getStringList(key)) {
                int colon = text.lastIndexOf(':');
                int port = colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")
                        ? Integer.parseInt(text.substring(colon + 1))
                        : 0;
                if (port < 1 || port > 65535) {
                    problems.add(at + key + ": " + text + " is not HOSTNAME:PORT");
                } else {
                    addresses.add(new DeploymentPlan.Address(text.substring(0, colon), port));
                }
            }
        } catch (ConfigException e) {
            problems.add(at + key + ": must be a list of HOSTNAME:PORT");
        }
        return addresses;
    }

    private String text(Config config, String key, String at, boolean required) {
        try {
            if (config.hasPath(key) && !config.getString(key).isBlank()) {
                return config.getString(key);
            }
            if (required) {
                problems.add(at + key + ": is missing");
            }
        } catch (ConfigException.WrongType e) {
            problems.add(at + key + ": must be text");
        }
        return null;
    }

    private void each(Config config, String key, String at, Reading reading) {
        if (!config.hasPath(key)) {
            return;
        }
        try {
            int i = 0;
            for (Config one : config.getConfigList(key)) {
                reading.read(one, at + key + "[" + i++ + "].");
            }
        } catch (ConfigException.WrongType e) {
            problems.add(at + key + ": must be a list of objects");
        }
    }

    private void known(Config config, String at, Set<String> names) {
        for (String key : new TreeSet<>(config.root().keySet())) {
            if (!names.contains(key)) {
                problems.add(at + key + ": is unknown; known are " + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    /** What to do with one element of a list. */
    private interface Reading {
        void read(Config element, String at);
    }
}
