package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.cipher.StoreKeys;
import dev.holdfast.store.index.IndexRebuild;
import dev.holdfast.store.packed.DescriptorFile;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.scrub.ScrubReport;
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

/** {@code holdfast verify}. */
@Command(
        name = "verify",
        description = {
            "Reads every byte of the store back, down to whole inflated archives, also beside a running server.",
            "A store in a bucket, or an encrypted one, needs the --config that serve has.",
            "Exit status: 0 everything is as it was written, 1 something is damaged (file and offset are named)."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast verify --data /var/lib/holdfast"})
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--rebuild-index",
            description =
                    "First makes the block index again from the packs, also when its files are missing, torn or wrong."
                            + " Nothing else may have the store open; refuses while a server runs.")
    private boolean rebuildIndex;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        PrintWriter out = spec.commandLine().getOut();
        try (BlobStore blobs = StoreBlobs.open(directory, config.load(), Clock.systemUTC(), new SecureRandom())) {
            StoreKeys keys = StoreBlobs.keys(blobs);
            if (keys != null) {
                keys.probe(); // without it every file would look damaged
            }
            if (rebuildIndex) {
                rebuild(directory, blobs, out);
            }
            boolean terminal = System.console() != null;
            ScrubReport report = new Scrub(blobs, (name, done, total, bytes) -> {
                        if (terminal) {
                            out.print(String.format(Locale.ROOT, "\r%d of %d files\u001b[K", done, total));
                            out.flush();
                        }
                    })
                    .run();
            out.print(terminal ? "\r\u001b[K" : "");
            report.damages().forEach(damage -> print(out, damage));
            out.println(String.format(
                    Locale.ROOT,
                    "%d packs, %d blocks, %d pages, %d parts: %,d bytes read, archives of %,d bytes inflated, %s",
                    report.packs(),
                    report.blocks(),
                    report.pages(),
                    report.parts(),
                    report.bytes(),
                    report.archiveBytes(),
                    report.damages().isEmpty()
                            ? "all as written"
                            : report.damages().size() + " damaged"));
            return report.damages().isEmpty() ? 0 : 1;
        }
    }

    private static void rebuild(DataDirectory directory, BlobStore blobs, PrintWriter out) {
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

    private static void print(PrintWriter out, Damage damage) {
        out.println("DAMAGED " + damage);
    }
}
