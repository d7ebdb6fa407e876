package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.blob.BlobStore;
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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        PrintWriter out = spec.commandLine().getOut();
        try (BlobStore blobs = StoreBlobs.open(directory, config.load(), Clock.systemUTC(), new SecureRandom())) {
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

    private static void print(PrintWriter out, Damage damage) {
        out.println("DAMAGED " + damage);
    }
}
