package dev.holdfast.dist.command;

import dev.holdfast.dist.console.Counter;
import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.repair.Repair;
import dev.holdfast.store.repair.RepairPlan;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.scrub.ScrubReport;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast repair}. */
@Command(
        name = "repair",
        description = {
            "Mends damaged and missing files of the store, byte for byte as they were written, while no server runs. Good",
            "bytes come from a replica (holdfast copy made it), or from packs that a later capture of the same data wrote.",
            "Says what it will do first; a file for which there are no good bytes is left as it is. Then reads everything",
            "again. Restore jobs that broke stay broken; snapshots that are whole again can be restored by new ones."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 everything is as it was written, 1 something is still damaged, 2 the command was not understood.",
            "",
            "Examples:",
            "  holdfast repair --data /var/lib/holdfast --from /mnt/nas/holdfast-copy --dry-run",
            "  holdfast repair --data /var/lib/holdfast --from /mnt/nas/holdfast-copy"
        })
public final class RepairCommand implements Callable<Integer> {
    /** Descriptor, then roots and pages, then packs that only they name; one more for what was damaged meanwhile. */
    private static final int ROUNDS = 5;

    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "The replica: a folder (a store, or another data directory), or s3://BUCKET/PREFIX.")
    private String from;

    @Option(names = "--dry-run", description = "Only says what it would do; also beside a running server.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        if (dryRun) {
            return repair(directory);
        }
        try (DataDirectory.Lock lock = directory.lock()) {
            return repair(directory);
        }
    }

    private int repair(DataDirectory directory) {
        ServerConfig settings = config.load();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        if (from != null) {
            SamePlace.refuse(directory, settings, from);
        }
        try (BlobStore blobs = StoreBlobs.open(directory, settings, clock, random);
                BlobStore replica = from == null ? null : StoreBlobs.openOther(from, settings, clock, random);
                Rows rows = Rows.open(directory, settings, clock)) {
            int status = mend(blobs, replica, rows);
            if (!dryRun && status == 0) {
                ScrubReport after = new Scrub(blobs, (name, done, total, bytes) -> {}).run();
                rows.mark(catalogue -> catalogue
                        .scrubs()
                        .recordAll(after.damages(), name -> blobs.list(name).contains(name), clock.instant()));
                after.damages().forEach(damage -> spec.commandLine().getOut().println("DAMAGED " + damage));
                status = after.isClean() ? 0 : 1;
            }
            rows.tell(spec.commandLine().getOut());
            return status;
        }
    }

    private int mend(BlobStore blobs, BlobStore replica, Rows rows) {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = rows.orNull();
        Counter counter = new Counter(spec.commandLine().getErr());
        for (int round = 0; round < ROUNDS; round++) {
            Repair repair = new Repair(
                    blobs,
                    replica,
                    catalogue == null ? List.of() : catalogue.committedParts(),
                    name -> counter.show("reading " + name));
            RepairPlan plan = repair.plan();
            counter.close();
            plan.mendings().forEach(out::println);
            out.flush();
            if (plan.isEmpty()) {
                out.println(round == 0 ? "nothing is damaged" : "everything is as it was written");
                return 0;
            }
            if (dryRun || !plan.isOfUse()) {
                out.println(
                        plan.isOfUse()
                                ? "nothing was changed: --dry-run"
                                : "there are no good bytes for what is damaged\nHINT: name a replica with --from, or"
                                        + " capture the same data again and run this once more.");
                return 1;
            }
            List<String> failed = repair.run(plan);
            failed.forEach(why -> out.println("NOT MENDED " + why));
            if (!failed.isEmpty()) {
                return 1;
            }
        }
        return 1;
    }
}
