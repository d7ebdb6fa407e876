package dev.holdfast.dist.command;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.server.snapshot.imports.ArchiveImport;
import dev.holdfast.server.snapshot.imports.Imported;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.tar.BadTar;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast import}. */
@Command(
        name = "import",
        description = {
            "Makes a snapshot of an archive, one of Holdfast's or one that Ops Manager made, while no server runs. Its time",
            "and what else is known of it come from its restoreInfo.txt and the name of its top folder. An archive with",
            "something in it that no data directory has (names that climb out, devices, links that lead out) is refused",
            "before anything is written."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 it is there, 1 it is not (the reason is told), 2 the command was not understood.",
            "",
            "Example:",
            "  holdfast import rs0-1457129190-56da096d0ad1c5a4ab4b4f06.tar.gz --data /var/lib/holdfast \\",
            "    --group 5196d3628d022db4cbc26d9e --cluster 533d7d4730040be257defe88"
        })
public final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.tar.gz", description = "The archive.")
    private Path file;

    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(names = "--group", required = true, paramLabel = "ID", description = "The project.")
    private String group;

    @ArgGroup(multiplicity = "1")
    private Of of;

    @Option(
            names = "--timestamp",
            paramLabel = "SECONDS",
            description = "Time of the newest oplog entry in the files (default: as the archive says).")
    private Long timestamp;

    @Option(
            names = "--expires-in-hours",
            paramLabel = "N",
            description = "After how many hours the snapshot may be deleted (default: a week).")
    private Long expiresInHours;

    @Spec
    private CommandSpec spec;

    /** Whose data it is. */
    private static final class Of {
        @Option(names = "--host", required = true, paramLabel = "ID", description = "The mirrored config server.")
        private String host;

        @Option(
                names = "--cluster",
                required = true,
                paramLabel = "ID",
                description = "The replica set, shard or config server replica set.")
        private String cluster;
    }

    @Override
    public Integer call() throws IOException {
        GroupId project = GroupId.parse(group)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--group must be 24 lower-case hexadecimal digits, not '" + group + "'"));
        DataDirectory directory = data.existing();
        ServerConfig settings = config.load();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        try (DataDirectory.Lock lock = directory.lock();
                Catalogue catalogue = Catalogue.openUpToDate(directory, settings, clock);
                BlobStore blobs = StoreBlobs.open(directory, settings, clock, random);
                PackedSnapshotStore store = PackedSnapshotStore.openOrCreate(blobs, settings.store(), random)) {
            Imported made = new ArchiveImport(
                            catalogue.snapshots(),
                            store,
                            settings.store().level(),
                            directory.spool(),
                            catalogue.frames(),
                            spec.commandLine().getErr()::println)
                    .run(file, new ArchiveImport.Owner(project, of.cluster, of.host, timestamp, expiresInHours));
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "snapshot %s%s: %d entries, %,d bytes, %,d new in the store, archive of %,d bytes",
                            made.snapshot(),
                            made.complete() ? "" : " (one part of a cluster)",
                            made.summary().files(),
                            made.summary().plainBytes(),
                            made.summary().newBytes(),
                            made.summary().archiveBytes()));
            return 0;
        } catch (BadTar | ZipException e) {
            throw new IllegalArgumentException(
                    file + " cannot be imported: " + e.getMessage()
                            + (e.getMessage().contains("HINT:")
                                    ? ""
                                    : "\nHINT: nothing was imported. Is it the archive of"
                                            + " a data directory, whole, and from a source you trust?"),
                    e);
        } catch (Refusal e) {
            throw new IllegalArgumentException(
                    e.getMessage()
                            + (e.getMessage().contains("HINT:")
                                    ? ""
                                    : "\nHINT: holdfast deployment enters clusters and hosts, and prints their ids."),
                    e);
        }
    }
}
