package dev.holdfast.dist.demo;

import dev.holdfast.agent.Capture;
import dev.holdfast.agent.CaptureResult;
import dev.holdfast.agent.CaptureSettings;
import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.dist.console.ProgressLine;
import dev.holdfast.server.deployment.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/** The demo's snapshots, as an agent takes them: over the agent API. */
final class DemoCaptures {
    private final CaptureSettings.Server server;
    private final Capture capture;
    private final PrintWriter out;

    DemoCaptures(URI url, GroupId group, String agentKey, Clock clock, PrintWriter out) {
        this.server = new CaptureSettings.Server(url, group, AgentKey.of(agentKey, "the demo's memory"));
        this.capture = new Capture(clock, Pause.REAL);
        this.out = out;
    }

    /** One snapshot of every part of the sharded cluster, config server last; answers its id. */
    String sharded(DemoDeployment deployment, Samples samples, Path dbpath, boolean frozen) throws IOException {
        CaptureSettings.InSnapshot snapshot =
                new CaptureSettings.BeginSnapshot(deployment.sharded().id(), null, null);
        int i = 0;
        for (Cluster shard : deployment.shards()) {
            Path sample = samples.unpacked("shard-" + i++);
            SnapshotId id =
                    take(shard.shardName(), sample, false, snapshot, CaptureSettings.Part.of(shard.id()), false);
            snapshot = new CaptureSettings.JoinSnapshot(id);
        }
        Path source = dbpath == null ? samples.unpacked("config-server") : dbpath;
        SnapshotId id = take(
                deployment.configServer().address(),
                source,
                frozen,
                snapshot,
                CaptureSettings.Part.of(deployment.configServer().id()),
                true);
        return id.hex();
    }

    /** A snapshot of the replica set; answers its id. */
    String replicaSet(Cluster set, Samples samples) throws IOException {
        return take(
                        set.replicaSetName(),
                        samples.unpacked("replica-set"),
                        false,
                        new CaptureSettings.BeginSnapshot(set.id(), null, null),
                        CaptureSettings.Part.of(set.id()),
                        true)
                .hex();
    }

    private SnapshotId take(
            String name,
            Path directory,
            boolean frozen,
            CaptureSettings.InSnapshot snapshot,
            CaptureSettings.Part part,
            boolean last) {
        CaptureSettings settings = new CaptureSettings(
                server,
                new CaptureSettings.Source(directory, frozen, Set.of()),
                snapshot,
                part,
                last,
                Math.min(64, Runtime.getRuntime().availableProcessors()));
        CaptureResult result;
        try (ProgressLine progress = new ProgressLine(out, "  " + name)) {
            result = capture.run(settings, progress);
        }
        result.warnings().forEach(warning -> out.println("  warning: " + warning));
        out.println(String.format(
                Locale.ROOT,
                "  captured %s from %s: %d entries, %,d bytes, %,d new in the store%s",
                name,
                directory,
                result.sizes().files(),
                result.sizes().plainBytes(),
                result.sizes().newBytes(),
                last ? " (snapshot " + result.snapshot() + (result.complete() ? ", complete)" : ")") : ""));
        out.flush();
        return result.snapshot();
    }
}
