package dev.holdfast.dist.command;

import dev.holdfast.dist.console.Counter;
import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.copy.CopyReport;
import dev.holdfast.store.copy.StoreCopy;
import dev.holdfast.store.scrub.Damage;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast copy}. */
@Command(
        name = "copy",
        description = {
            "Copies snapshots into a second store, a replica: only files that are missing there, each checked before it is",
            "sent and read back after. May be broken off at any point and run again, also beside a running server.",
            "holdfast repair takes good files from a replica; what was deleted here stays there."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 all are there, 1 some are not (the reason is told), 2 the command was not understood.",
            "",
            "Examples:",
            "  holdfast copy --data /var/lib/holdfast --to /mnt/nas/holdfast-copy",
            "  holdfast copy 5f3c0a9e8b7d6c5a4f3e2d1c --data /var/lib/holdfast --config holdfast.conf \\",
            "    --to s3://backups/copy"
        })
public final class CopyCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "SNAPSHOT",
            description = "Ids of snapshots (default: everything that is in the store).")
    private List<String> wanted = new ArrayList<>();

    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "STORE",
            description = "An empty folder, or the replica of an earlier run; or s3://BUCKET/PREFIX, on the server that"
                    + " store.s3 of --config names (without one: Amazon's).")
    private String to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        ServerConfig settings = config.load();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        SamePlace.refuse(directory, settings, to);
        try (BlobStore from = StoreBlobs.open(directory, settings, clock, random);
                BlobStore target = StoreBlobs.openOther(to, settings, clock, random)) {
            List<Damage.Part> parts = wanted.isEmpty() ? StoreCopy.parts(from) : parts(directory, settings, clock);
            CopyReport report;
            try (Counter counter = new Counter(spec.commandLine().getErr())) {
                report = new StoreCopy(
                                from,
                                target,
                                (part, count, bytes) -> counter.show(String.format(
                                        Locale.ROOT, "part %d of %d, %,d MB written", part, count, bytes / 1_000_000)))
                        .run(parts);
            }
            PrintWriter out = spec.commandLine().getOut();
            report.failed().forEach(why -> out.println("NOT COPIED " + why));
            out.println(String.format(
                    Locale.ROOT,
                    "%d parts copied, %d were there: %d files, %,d bytes written and read back, %d files were there",
                    report.parts(),
                    report.partsThere(),
                    report.files(),
                    report.bytes(),
                    report.filesThere()));
            return report.failed().isEmpty() ? 0 : 1;
        }
    }

    private List<Damage.Part> parts(DataDirectory directory, ServerConfig settings, Clock clock) {
        List<Damage.Part> parts = new ArrayList<>();
        try (Catalogue catalogue = Catalogue.open(directory, settings, clock)) {
            for (String id : wanted) {
                Snapshot snapshot = catalogue.snapshot(id);
                Catalogue.committed(snapshot)
                        .forEach(part -> parts.add(new Damage.Part(snapshot.groupId(), part.id())));
            }
        }
        return parts;
    }
}
