package dev.holdfast.dist.command;

import dev.holdfast.dist.deployment.DeploymentFile;
import dev.holdfast.dist.deployment.DeploymentPlan;
import dev.holdfast.dist.deployment.Enrolment;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Host;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast deployment}. */
@Command(
        name = "deployment",
        description = {
            "Enters the clusters and hosts that a file names, all of them or none, and prints every id of the project.",
            "What is there already stays as it is, so the same file may be entered again."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  holdfast deployment --data /var/lib/holdfast --file clusters.conf",
            "",
            "clusters.conf:",
            "  project = \"Payments\"",
            "  replicaSets = [ { name = \"rs0\", version = \"3.2.22\"",
            "                    members = [\"db1:27017\", \"db2:27017\"] } ]",
            "  shardedClusters = [ {",
            "    name = \"orders\"",
            "    shards = [ { shard = \"shard00\", name = \"orders-0\"",
            "                 members = [\"a1:27018\"], version = \"3.2.22\" } ]",
            "    mirroredConfigServers = [\"cfg1:27019\", \"cfg2:27019\", \"cfg3:27019\"]",
            "    version = \"3.2.22\"",
            "  } ]"
        })
public final class DeploymentCommand implements Runnable {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The deployment file (HOCON).")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        DeploymentPlan plan = DeploymentFile.read(file);
        DataDirectory directory = data.existing();
        // beside a live server: the database serialises, and nothing here touches the store
        try (ServerWiring wiring = ServerWiring.open(directory, config.load(), Clock.systemUTC(), new SecureRandom())) {
            Enrolment enrolment = new Enrolment(wiring.groups(), wiring.clusters(), wiring.hosts());
            Group group = wiring.database().write(tx -> enrolment.enter(tx, plan));
            PrintWriter out = spec.commandLine().getOut();
            line(out, "GROUP", group.id().hex(), group.name());
            for (Cluster cluster : wiring.clusters().list(group.id())) {
                String name = cluster.shardName() == null ? cluster.clusterName() : cluster.shardName();
                line(out, cluster.type().name(), cluster.id().hex(), name);
            }
            for (Host host : wiring.hosts().list(group.id())) {
                line(out, host.type().name(), host.id().hex(), host.address());
            }
        }
    }

    private static void line(PrintWriter out, String type, String id, String name) {
        out.println(String.format(Locale.ROOT, "%-26s %-32s %s", type, id, name));
    }
}
