package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.sweep.SweepPlan;
import dev.holdfast.store.sweep.SweepReport;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast sweep}. */
@Command(
        name = "sweep",
        description = {
            "Deletes files of the store that no snapshot needs any more and that are older than a day. A running server",
            "does this by itself each day; this command is for a server that is stopped, and refuses while one runs.",
            "A pack of which a single block is needed stays whole."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 swept, 1 something had to be left (the reason is told).",
            "",
            "Example:",
            "  holdfast sweep --data /var/lib/holdfast --dry-run"
        })
public final class SweepCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--dry-run",
            description = "Only says what would go; also beside a running server, whose uploads may keep some of it.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON object in place of the text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        if (dryRun) {
            return sweep(directory);
        }
        try (DataDirectory.Lock lock = directory.lock()) {
            return sweep(directory);
        }
    }

    private int sweep(DataDirectory directory) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        ServerConfig settings = config.load();
        if (settings.s3() != null) {
            throw new IllegalArgumentException(
                    "a store in a bucket is not swept yet"
                            + "\nHINT: its uploads may be another node's, and what they were told to have is pinned there only.");
        }
        try (BlobStore blobs = StoreBlobs.open(directory, settings, clock, random);
                PackedSnapshotStore store = PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, random)) {
            Sweep sweep = new Sweep(blobs, store, SweepMargins.DEFAULT);
            SweepPlan plan = sweep.plan(clock.instant());
            SweepReport report = dryRun ? null : sweep.run(plan);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println("{\"plan\":" + plan.json() + (report == null ? "" : ",\"done\":" + report.json()) + "}");
            } else {
                print(out, plan, report);
            }
            boolean whole = plan.projects().stream().allMatch(project -> project.skipped() == null)
                    && (report == null || report.left().isEmpty());
            return whole ? 0 : 1;
        }
    }

    private static void print(PrintWriter out, SweepPlan plan, SweepReport report) {
        out.print(plan.text());
        if (report != null) {
            report.left().forEach(why -> out.println("LEFT " + why));
            out.println(String.format(
                    Locale.ROOT,
                    "%d packs and %d pages deleted, %,d bytes",
                    report.packs(),
                    report.pages(),
                    report.bytes()));
        }
    }
}
