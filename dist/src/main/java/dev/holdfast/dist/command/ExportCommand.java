package dev.holdfast.dist.command;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.dist.archive.ArchiveFile;
import dev.holdfast.dist.console.Counter;
import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.store.Archive;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
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

/** {@code holdfast export}. */
@Command(
        name = "export",
        description = {
            "Writes the archive of a snapshot to a file, without a server and without a restore job; also beside a running",
            "one. The bytes are those of a download; only the top folder is named after the snapshot, or the --job."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The file appears when it is whole; one that is there already is not touched.",
            "",
            "Exit status: 0 written, 1 it could not be, 2 the command was not understood.",
            "",
            "Example:",
            "  holdfast export 5f3c0a9e8b7d6c5a4f3e2d1c shard00.tar.gz --data /var/lib/holdfast --part orders-0"
        })
public final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "Id of the snapshot.")
    private String wanted;

    @Parameters(index = "1", paramLabel = "FILE.tar.gz", description = "Where to write.")
    private Path file;

    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Of a sharded cluster: the name of the replica set, or the id of part, cluster or host.")
    private String part;

    @Option(
            names = "--job",
            paramLabel = "ID",
            description = "Names the top folder after this restore job: then every byte is that of its download.")
    private String job;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = data.existing();
        ServerConfig settings = config.load();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Snapshot snapshot;
        try (Catalogue catalogue = Catalogue.open(directory, settings, clock)) {
            snapshot = catalogue.snapshot(wanted);
        }
        SnapshotPart chosen = choose(snapshot);
        JobId name = job == null
                ? new JobId(snapshot.id().hex())
                : JobId.parse(job).orElseThrow(() -> new IllegalArgumentException("not the id of a job: " + job));
        try (BlobStore blobs = StoreBlobs.open(directory, settings, clock, random);
                PackedSnapshotStore store = PackedSnapshotStore.open(blobs, settings.store(), random);
                Counter counter = new Counter(spec.commandLine().getErr())) {
            Archive archive = store.open(snapshot.groupId(), chosen.id()).archive(chosen.archiveName(name));
            ArchiveFile.write(
                    archive,
                    file,
                    bytes -> counter.show(String.format(
                            Locale.ROOT, "%,d of %,d MB", bytes / 1_000_000, archive.length() / 1_000_000)));
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "%s: %,d bytes, part %s of snapshot %s",
                            file,
                            archive.length(),
                            chosen.id(),
                            snapshot.id()));
        }
        return 0;
    }

    private SnapshotPart choose(Snapshot snapshot) {
        List<SnapshotPart> parts = Catalogue.committed(snapshot);
        List<SnapshotPart> fitting = parts.stream()
                .filter(one -> part == null
                        || part.equals(one.replicaSetName())
                        || part.equals(one.id().hex())
                        || one.clusterId() != null
                                && part.equals(one.clusterId().hex())
                        || one.hostId() != null && part.equals(one.hostId().hex()))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        StringBuilder what = new StringBuilder("snapshot " + snapshot.id()
                + (part == null ? " has " + parts.size() + " parts" : " has no part " + part));
        what.append("\nHINT: say which with --part:");
        parts.forEach(one -> what.append("\n  ")
                .append(one.id())
                .append("  ")
                .append(one.type())
                .append("  ")
                .append(one.replicaSetName() == null ? "host " + one.hostId() : one.replicaSetName()));
        throw new IllegalArgumentException(what.toString());
    }
}
