package dev.holdfast.server.snapshot.imports;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.snapshot.BegunPart;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.tar.BadTar;
import dev.holdfast.store.tar.DataNames;
import dev.holdfast.store.tar.TarEntry;
import dev.holdfast.store.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Takes an archive in as a snapshot. What it does and what a crash leaves is told in the package story. */
public final class ArchiveImport {
    private static final int BUFFER = 256 << 10;
    // any job's, for all have one length
    private static final JobId ANY_JOB = new JobId("0".repeat(ObjectIds.HEX_LENGTH));

    private final Snapshots snapshots;
    private final SnapshotStore store;
    private final SegmentLevel level;
    private final Path spool;
    private final Function<BegunPart, ArchiveFrame> frames;
    private final Consumer<String> progress;

    /**
     * Does no I/O.
     *
     * @param level how new segments are encoded
     * @param spool folder for temporary files
     * @param frames what an archive without {@code restoreInfo.txt} gets beside its files
     */
    public ArchiveImport(
            Snapshots snapshots,
            SnapshotStore store,
            SegmentLevel level,
            Path spool,
            Function<BegunPart, ArchiveFrame> frames,
            Consumer<String> progress) {
        this.snapshots = snapshots;
        this.store = store;
        this.level = level;
        this.spool = spool;
        this.frames = frames;
        this.progress = progress;
    }

    /**
     * Whose data an archive has.
     *
     * @param clusterId the replica set, shard or CSRS; null for a mirrored config server
     * @param hostId the mirrored config server; null for anything else
     * @param timestampSeconds time of the newest oplog entry; null for what the archive says
     * @param expiresInHours how long the snapshot is kept; null for the default
     */
    public record Owner(GroupId group, String clusterId, String hostId, Long timestampSeconds, Long expiresInHours) {}

    /**
     * Reads the archive twice and makes a snapshot of it.
     *
     * @throws BadTar if it is no archive of a data directory, or has something in it that no such archive has; nothing
     *     was written
     * @throws IOException if it cannot be read
     * @throws dev.holdfast.contract.trouble.Refusal as {@link Snapshots#begin} and {@link Snapshots#beginPart}
     * @throws Unavailable if the store or the spool cannot be written
     */
    public Imported run(Path file, Owner owner) throws IOException {
        progress.accept("looking through " + file);
        ArchiveContent content;
        try (InputStream in = open(file)) {
            content = ArchiveContent.read(new TarReader(in));
        }
        ArchiveFacts facts = ArchiveFacts.of(content.topFolder(), content.restoreInfo());
        long seconds = owner.timestampSeconds() == null ? facts.timestampSeconds() : owner.timestampSeconds();
        if (seconds == 0) {
            throw new BadTar("neither restoreInfo.txt nor the name of the top folder, " + content.topFolder()
                    + ", says what time the data is of\nHINT: say it with --timestamp, in seconds since 1970.");
        }
        SnapshotId snapshot = snapshots.begin(
                owner.group(), new BeginSnapshot(owner.clusterId(), owner.hostId(), owner.expiresInHours()));
        BegunPart begun = snapshots.beginPart(
                owner.group(),
                snapshot,
                new BeginPart(
                        owner.clusterId(),
                        owner.hostId(),
                        seconds,
                        facts.timestampIncrement(),
                        facts.storageEngine(),
                        facts.mongodOptions(),
                        facts.masterKeyUUID() != null,
                        facts.masterKeyUUID()));
        PartId part = begun.part().id();
        PartSummary summary;
        try {
            progress.accept("taking in " + content.bytes() + " bytes");
            summary = store(file, content, begun);
        } catch (IOException | RuntimeException e) {
            var unused = snapshots.abandonPart(owner.group(), part);
            throw e;
        }
        var row = snapshots.partCommitted(owner.group(), part, summary);
        if (row.isEmpty()) {
            throw new Unavailable("part " + part + " was given up while it was taken in\nHINT: import it again.");
        }
        boolean complete = snapshots.commitSnapshot(owner.group(), snapshot).complete();
        return new Imported(snapshot, part, complete, summary);
    }

    private PartSummary store(Path file, ArchiveContent content, BegunPart begun) throws IOException {
        try (BlockSpool ids = new BlockSpool(spool);
                PartUpload upload = store.begin(begun.group(), begun.part().id());
                InputStream in = open(file)) {
            BlockPutter putter = new BlockPutter(upload, store.blockSize(), level, ids);
            TarReader tar = new TarReader(in);
            DataNames names = new DataNames();
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                byte[] path = names.relative(entry);
                if (entry.type() == TarEntry.Type.FILE && !ArchiveContent.isExtra(entry, path)) {
                    ids.begin(path);
                    putter.put(tar, entry.size());
                }
            }
            Path list = ids.list(content.inOrder(), store.blockSize());
            try (InputStream read = new BufferedInputStream(Files.newInputStream(list), BUFFER)) {
                return upload.commit(new FileListReader(read, store.blockSize()), frame(content, begun));
            }
        }
    }

    /** What the archive has of itself goes before what we would say: it was there when the data was captured. */
    private ArchiveFrame frame(ArchiveContent content, BegunPart begun) {
        if (content.restoreInfo() == null) {
            return frames.apply(begun);
        }
        int length = begun.part().archiveName(ANY_JOB).getBytes(StandardCharsets.UTF_8).length;
        return new ArchiveFrame(length, content.extras());
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            raw.close();
            throw new BadTar(file + " is no gzip file: " + e.getMessage());
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
