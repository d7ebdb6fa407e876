package dev.holdfast.dist.command;

import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.dist.rows.DamageText;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.server.scrub.ScrubState;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.cipher.StoreKeys;
import dev.holdfast.store.index.IndexRebuild;
import dev.holdfast.store.packed.DescriptorFile;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.LostParts;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.scrub.ScrubReport;
import dev.holdfast.store.scrub.ScrubSlice;
import dev.holdfast.store.scrub.SliceReport;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast verify}. */
@Command(
        name = "verify",
        description = {
            "Reads every byte of the store back, down to whole inflated archives, also beside a running server. Says which",
            "files are damaged, where, and which snapshots and restore jobs need them; damaged snapshots are marked, so",
            "that jobs on them are BROKEN and no new ones are made. Snapshots that the rows have and the store has not are named, too. A store in a bucket needs the --config that serve has."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 everything read is as it was written; 1 something is damaged (file and offset are named), or",
            "it could not be read; 2 the command was not understood.",
            "",
            "Examples:",
            "  holdfast verify --data /var/lib/holdfast",
            "  holdfast verify --data /var/lib/holdfast --snapshot 5f3c0a9e8b7d6c5a4f3e2d1c",
            "  holdfast verify --data /var/lib/holdfast --budget 50GB --output json   # each night"
        })
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @ArgGroup
    private What what = new What();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "text, or json: one object (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    @Option(
            names = "--rebuild-index",
            description =
                    "First makes the block index again from the packs, also when its files are missing, torn or wrong."
                            + " Nothing else may have the store open; refuses while a server runs.")
    private boolean rebuildIndex;

    @Spec
    private CommandSpec spec;

    /** How a result is printed. */
    enum Output {
        TEXT,
        JSON
    }

    /** All, unless one of these. */
    private static final class What {
        @Option(names = "--snapshot", paramLabel = "ID", description = "Only what this snapshot needs.")
        private String snapshot;

        @Option(
                names = "--budget",
                paramLabel = "SIZE",
                description =
                        "At most so many bytes a day (UTC), as 50GB: goes on where it stopped, and begins again at"
                                + " the end. Reads packs and manifests, inflates no whole archives.")
        private String budget;
    }

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        ServerConfig settings = config.load();
        Clock clock = Clock.systemUTC();
        long budget = what.budget == null ? 0 : Sizes.parse(what.budget, spec.commandLine());
        try (BlobStore blobs = StoreBlobs.open(directory, settings, clock, new SecureRandom());
                Rows rows = Rows.open(directory, settings, clock)) {
            StoreKeys keys = StoreBlobs.keys(blobs);
            if (keys != null) {
                keys.probe(); // without it every file would look damaged
            }
            if (rebuildIndex) {
                rebuild(directory, blobs);
            }
            if (what.budget != null) {
                return slice(blobs, rows, budget, clock);
            }
            return what.snapshot != null ? one(blobs, rows, clock) : all(blobs, rows, clock);
        }
    }

    private void rebuild(DataDirectory directory, BlobStore blobs) {
        // not among what a script parses
        PrintWriter out = output == Output.JSON
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        try (DataDirectory.Lock lock = directory.lock()) {
            String storeId = DescriptorFile.read(blobs).storeId();
            IndexRebuild.Report made = IndexRebuild.run(blobs, storeId, new SecureRandom());
            out.println(String.format(
                    Locale.ROOT,
                    "index of %d projects made again from %d packs, %d files of the old one removed",
                    made.projects(),
                    made.packs(),
                    made.removed()));
        }
    }

    private int all(BlobStore blobs, Rows rows, Clock clock) {
        ScrubReport read = scrub(blobs).run();
        end();
        ScrubReport report = read.and(lost(blobs, rows));
        rows.mark(catalogue -> catalogue
                .scrubs()
                .recordAll(report.damages(), name -> blobs.list(name).contains(name), clock.instant()));
        print(report, rows);
        return report.isClean() ? 0 : 1;
    }

    private int one(BlobStore blobs, Rows rows, Clock clock) {
        Snapshot snapshot = rows.required().snapshot(what.snapshot);
        List<Damage.Part> parts = Catalogue.committed(snapshot).stream()
                .map(part -> new Damage.Part(snapshot.groupId(), part.id()))
                .toList();
        ScrubReport report = scrub(blobs).run(parts);
        end();
        rows.mark(catalogue -> catalogue
                .scrubs()
                .add(report.damages(), name -> blobs.list(name).contains(name), clock.instant()));
        print(report, rows);
        return report.isClean() ? 0 : 1;
    }

    private int slice(BlobStore blobs, Rows rows, long budget, Clock clock) {
        Catalogue catalogue = rows.required();
        var lease = catalogue.scrubLease();
        if (!lease.take()) {
            throw new IllegalArgumentException(
                    "a server scrubs this store by itself, and the two would do the same work"
                            + "\nHINT: set scrub.bytes-per-day there in place of --budget, or to 0.");
        }
        try {
            ScrubState state = catalogue.scrubs().state();
            long left = budget - state.readToday(clock.instant());
            List<Damage> damages = List.of();
            SliceReport slice = null;
            if (left > 0) {
                slice = new ScrubSlice(blobs, lease::take)
                        .run(state.cursor(), left)
                        .and(LostParts.of(blobs, catalogue::committedParts));
                catalogue.scrubs().record(slice, clock.instant());
                damages = slice.found().stream().map(SliceReport.Found::damage).toList();
            }
            print(slice, damages, catalogue, rows, clock);
            return damages.isEmpty() ? 0 : 1;
        } finally {
            lease.release();
        }
    }

    /** What the rows say is there and is not: a store that is older than its rows is whole by itself. */
    private static List<Damage> lost(BlobStore blobs, Rows rows) {
        List<Damage> lost = new ArrayList<>();
        rows.mark(catalogue -> lost.addAll(LostParts.of(blobs, catalogue::committedParts)));
        return lost;
    }

    private Scrub scrub(BlobStore blobs) {
        boolean shown = System.console() != null && output == Output.TEXT;
        PrintWriter out = spec.commandLine().getOut();
        return new Scrub(blobs, (name, done, total, bytes) -> {
            if (shown) {
                out.print(String.format(Locale.ROOT, "\r%d of %d files\u001b[K", done, total));
                out.flush();
            }
        });
    }

    private void end() {
        if (System.console() != null && output == Output.TEXT) {
            spec.commandLine().getOut().print("\r\u001b[K");
        }
    }

    private void print(ScrubReport report, Rows rows) {
        PrintWriter out = spec.commandLine().getOut();
        DamageText text = new DamageText(report.damages(), rows.orNull());
        if (output == Output.JSON) {
            out.println(text.json(json -> json.put("packs", report.packs())
                    .put("blocks", report.blocks())
                    .put("pages", report.pages())
                    .put("parts", report.parts())
                    .put("bytes", report.bytes())
                    .put("archiveBytes", report.archiveBytes())));
            return;
        }
        text.lines().forEach(out::println);
        rows.tell(out);
        out.println(String.format(
                Locale.ROOT,
                "%d packs, %d blocks, %d pages, %d parts: %,d bytes read, archives of %,d bytes inflated, %s",
                report.packs(),
                report.blocks(),
                report.pages(),
                report.parts(),
                report.bytes(),
                report.archiveBytes(),
                report.damages().isEmpty() ? "all as written" : report.damages().size() + " damaged"));
    }

    private void print(SliceReport slice, List<Damage> damages, Catalogue catalogue, Rows rows, Clock clock) {
        PrintWriter out = spec.commandLine().getOut();
        ScrubState state = catalogue.scrubs().state();
        long today = state.readToday(clock.instant());
        DamageText text = new DamageText(damages, catalogue);
        if (output == Output.JSON) {
            out.println(text.json(json -> json.put("files", slice == null ? 0 : slice.files())
                    .put("bytes", slice == null ? 0 : slice.bytes())
                    .put("bytesToday", today)
                    .put("cursor", state.cursor().toString())
                    .put("roundEnded", slice != null && slice.endedRound())));
            return;
        }
        text.lines().forEach(out::println);
        rows.tell(out);
        out.println(
                slice == null
                        ? String.format(Locale.ROOT, "nothing read: the budget of today is used up, %,d bytes", today)
                        : String.format(
                                Locale.ROOT,
                                "%d files, %,d bytes read, %,d today; %s; %s",
                                slice.files(),
                                slice.bytes(),
                                today,
                                slice.endedRound()
                                        ? "the whole store was read"
                                        : "stopped at " + state.cursor().name(),
                                damages.isEmpty() ? "all as written" : damages.size() + " damaged"));
    }
}
