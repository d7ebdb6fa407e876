package dev.holdfast.dist.command;

import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.server.drill.Drill;
import dev.holdfast.server.drill.DrillResult;
import dev.holdfast.server.drill.DrillState;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.drill.SnapshotDrill;
import dev.holdfast.server.drill.WiredTigerVerify;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast drill}. */
@Command(
        name = "drill",
        description = {
            "Restores a snapshot to a scratch folder, as a user would, and checks it: every file against the hashes of what",
            "was captured, then every table with WiredTiger's own wt verify, if wt is installed. The folder goes, the result",
            "is kept with the snapshot (GET /api/holdfast/v1/snapshots/ID). Also beside a running server."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 the snapshot came out as it was captured; 1 it did not, or the drill could not be made (no room,",
            "for example: the message says which); 2 the command was not understood.",
            "",
            "Example:",
            "  holdfast drill 5f3c0a9e8b7d6c5a4f3e2d1c --data /var/lib/holdfast --to /mnt/scratch"
        })
public final class DrillCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SNAPSHOT", description = "Id of the snapshot.")
    private String wanted;

    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The scratch folder is made in it (default: in the data directory).")
    private Path to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        ServerConfig settings = config.load();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        PrintWriter err = spec.commandLine().getErr();
        WiredTigerVerify wiredTiger = new WiredTigerVerify(System.getenv("PATH"));
        if (!wiredTiger.isInstalled()) {
            err.println("holdfast: WARNING: wt is not installed, so WiredTiger itself will NOT check the tables."
                    + "\nHINT: Debian, Ubuntu: apt install wiredtiger");
        }
        try (Catalogue catalogue = Catalogue.openUpToDate(directory, settings, clock);
                BlobStore blobs = StoreBlobs.open(directory, settings, clock, random);
                PackedSnapshotStore store = PackedSnapshotStore.open(blobs, settings.store(), random)) {
            Snapshot snapshot = catalogue.snapshot(wanted);
            SnapshotDrill drill = new SnapshotDrill(
                    store,
                    wiredTiger,
                    to == null ? directory.drills() : to,
                    err::println,
                    damage -> catalogue
                            .scrubs()
                            .add(List.of(damage), name -> blobs.list(name).contains(name), clock.instant()));
            try (Drills drills = catalogue.drills(drill::run)) {
                return print(drills.makeNow(snapshot));
            }
        }
    }

    private int print(Drill drill) {
        DrillResult result = drill.result();
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "drill %s of snapshot %s: %s, %d files, %,d bytes restored and hashed",
                drill.id(),
                drill.snapshot(),
                result.state(),
                result.files(),
                result.bytes()));
        if (result.wiredTiger() != null) {
            out.println(result.wiredTiger());
        }
        // what WiredTiger found is the message too
        if (result.message() != null && !String.valueOf(result.wiredTiger()).contains(result.message())) {
            out.println(result.message());
        }
        return result.state() == DrillState.PASSED ? 0 : 1;
    }
}
