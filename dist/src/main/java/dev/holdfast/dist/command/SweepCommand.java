package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.sweep.RepackRule;
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
            "Deletes files of the store that no snapshot needs any more and that are older than a day, and repacks what is",
            "needed of the others where that pays: much space gets free, or the newest snapshot is read in longer stretches.",
            "A running server does this by itself each day; this command is for a server that is stopped, and refuses while",
            "one runs. In a bucket unfinished uploads that are a week old are given up, too."
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

    @Option(names = "--no-repack", description = "Only deletes: a pack of which a single block is needed stays whole.")
    private boolean noRepack;

    @Option(
            names = "--alone",
            description =
                    "Says that no server runs on any node. Needed for a bucket with rows in PostgreSQL, for another"
                            + " node cannot be seen from here.")
    private boolean alone;

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
        ServerConfig settings = config.load();
        if (dryRun) {
            return sweep(directory, settings);
        }
        if (settings.mayShareStore() && !alone) {
            throw new IllegalArgumentException("other nodes may take uploads into the bucket while it is swept"
                    + "\nHINT: stop serve on every node, then say so with --alone; --dry-run may be done at any time.");
        }
        try (DataDirectory.Lock lock = directory.lock()) {
            return sweep(directory, settings);
        }
    }

    private int sweep(DataDirectory directory, ServerConfig settings) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        try (BlobStore blobs = StoreBlobs.open(directory, settings, clock, random);
                PackedSnapshotStore store = PackedSnapshotStore.open(blobs, settings.store(), random)) {
            RepackRule rule = noRepack ? RepackRule.NONE : RepackRule.DEFAULT;
            Sweep sweep = new Sweep(blobs, store, SweepMargins.SAFE, rule);
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
                    "%d packs and %d pages deleted, %d packs repacked: %,d bytes freed, %,d bytes copied",
                    report.packs(),
                    report.pages(),
                    report.repacked(),
                    report.bytes(),
                    report.copied()));
            if (report.unfinished() > 0) {
                out.println(report.unfinished() + " unfinished writes given up that a crash had left");
            }
        }
    }
}
