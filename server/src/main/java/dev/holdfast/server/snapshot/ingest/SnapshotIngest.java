package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.agentapi.AgentApi.PartBegun;
import dev.holdfast.contract.agentapi.AgentApi.PartCommitted;
import dev.holdfast.contract.agentapi.AgentApi.SegmentsStored;
import dev.holdfast.contract.agentapi.AgentApi.SnapshotBegun;
import dev.holdfast.contract.agentapi.AgentApi.SnapshotCommitted;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.snapshot.BegunPart;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What agents may do, without HTTP. Every method may block, and be called again after a lost answer. The order of a
 * commit is told in the {@linkplain dev.holdfast.server.snapshot.ingest package story}.
 */
public final class SnapshotIngest implements AutoCloseable {
    private static final Duration REAP_EVERY = Duration.ofMinutes(1);

    private final Snapshots snapshots;
    private final SnapshotStore store;
    private final RestoreInfo restoreInfo;
    private final IngestSettings settings;
    private final Clock clock;
    private final UploadSessions sessions;
    private final Frames frames;
    private final IngestWorkers workers;
    private final Object beginning = new Object();

    /** Does no I/O. */
    public SnapshotIngest(
            Snapshots snapshots, RestoreInfo restoreInfo, SnapshotStore store, IngestSettings settings, Clock clock) {
        this.snapshots = snapshots;
        this.restoreInfo = restoreInfo;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.sessions = new UploadSessions(settings.lease(), settings.uploadsPerProject());
        this.frames = new Frames(store.blockSize());
        // two more write file lists to the spool while all others verify
        this.workers = new IngestWorkers(settings.bodies() + settings.commits() + 2);
    }

    /**
     * Makes the spool folder, empties it of what a crash left, and begins to look after leases. Call it once, before the
     * first request.
     */
    public void start() {
        FileListSpool.prepare(settings.spoolFolder());
        workers.every(REAP_EVERY, this::reap);
    }

    /** Begins a snapshot; refusals as {@link Snapshots#begin}. */
    public SnapshotBegun beginSnapshot(GroupId group, BeginSnapshot wanted) {
        return new SnapshotBegun(snapshots.begin(group, wanted).hex());
    }

    /**
     * Begins a part and its upload.
     *
     * @throws Unavailable if the project has too many open uploads
     * @throws Refusal as {@link Snapshots#beginPart}
     */
    public PartBegun beginPart(GroupId group, SnapshotId snapshot, BeginPart wanted) {
        sessions.reap();
        // one at a time, so that the bound on uploads is exact
        synchronized (beginning) {
            BegunPart begun = snapshots.beginPart(group, snapshot, wanted);
            PartId part = begun.part().id();
            if (begun.replaced() != null) {
                giveUp(group, begun.replaced());
            }
            if (!sessions.hasRoom(group)) {
                snapshots.abandonPart(group, part);
                throw new Unavailable("project " + group + " has " + settings.uploadsPerProject()
                        + " open uploads already\nHINT: commit or abandon one, or wait "
                        + settings.lease().toMinutes()
                        + " minutes for those that were left.");
            }
            sessions.add(new UploadSession(begun, store.begin(group, part), clock));
            return new PartBegun(part.hex(), store.blockSize(), settings.level().text());
        }
    }

    /** Which of the offered blocks are missing, as the body of the answer. */
    public byte[] offer(GroupId group, PartId part, byte[] body) {
        return use(group, part, upload -> frames.offer(body, upload));
    }

    /** Takes segments in; see {@link Frames#store}. */
    public SegmentsStored segments(GroupId group, PartId part, byte[] body) {
        return use(group, part, upload -> frames.store(body, upload));
    }

    /** A file list that can be opened. */
    @FunctionalInterface
    public interface FileList {
        /** Opens it at its start; its own trouble is an {@link UncheckedIOException}, for the list is not to blame. */
        InputStream open();
    }

    /**
     * Commits a part: the manifest, then the row. A part that is committed answers the same figures again, whatever the
     * list says.
     *
     * @throws PartUpload.BlocksMissing if blocks must be sent first
     * @throws Refusal VALIDATION_ERROR for a malformed list, RESOURCE_NOT_FOUND for a part that must be begun again
     */
    public PartCommitted commit(GroupId group, PartId part, FileList files) {
        BegunPart begun = snapshots.findPart(group, part).orElseThrow(() -> noPart(group, part));
        if (begun.part().isCommitted()) {
            return figures(begun.summary());
        }
        Optional<PartSummary> manifest = stored(begun);
        if (manifest.isEmpty()) {
            UploadSession session = session(group, part);
            manifest = session.alone(upload -> stored(begun).orElseGet(() -> write(begun, upload, files)));
        }
        if (manifest.isEmpty()) {
            // the session ended while we came to it: by another commit, which the row tells, or by its lease
            return snapshots
                    .findPart(group, part)
                    .filter(now -> now.part().isCommitted())
                    .map(now -> figures(now.summary()))
                    .orElseThrow(() -> noUpload(part));
        }
        Optional<BegunPart> row = snapshots.partCommitted(group, part, manifest.get());
        if (row.isEmpty()) {
            giveUp(group, part);
            throw noPart(group, part);
        }
        sessions.end(part);
        return figures(row.get().summary());
    }

    /**
     * Gives a part up; nothing refers to what was stored.
     *
     * @throws Refusal RESOURCE_NOT_FOUND if there is none, VALIDATION_ERROR if it is committed
     */
    public void abandon(GroupId group, PartId part) {
        BegunPart begun = snapshots.findPart(group, part).orElseThrow(() -> noPart(group, part));
        if (begun.part().isCommitted() || !snapshots.abandonPart(group, part)) {
            throw new Refusal(ErrorCode.VALIDATION_ERROR, "part " + part + " is committed and cannot be abandoned");
        }
        giveUp(group, part);
    }

    /** Commits a snapshot; see {@link Snapshots#commitSnapshot}. */
    public SnapshotCommitted commitSnapshot(GroupId group, SnapshotId snapshot) {
        return snapshots.commitSnapshot(group, snapshot);
    }

    /** Ends uploads whose lease is over. */
    void reap() {
        sessions.reap();
    }

    /** Ends all uploads. Call it after the HTTP server was stopped and before the store is closed. */
    @Override
    public void close() {
        workers.close();
        sessions.endAll();
    }

    /** Threads for its blocking methods. */
    IngestWorkers workers() {
        return workers;
    }

    private PartSummary write(BegunPart begun, PartUpload upload, FileList files) {
        try (InputStream in = files.open()) {
            return upload.commit(new FileListReader(in, store.blockSize()), restoreInfo.frame(begun));
        } catch (UncheckedIOException e) {
            throw new Unavailable(
                    "the file list could not be read back: " + e.getMessage()
                            + "\nHINT: look at the disk of the spool folder, then commit again.",
                    e);
        } catch (IOException e) {
            String why = e.getMessage() == null ? "the file list is cut off" : e.getMessage();
            throw new Refusal(ErrorCode.VALIDATION_ERROR, why);
        }
    }

    /** What the store has of a part whose row does not say so yet. */
    private Optional<PartSummary> stored(BegunPart begun) {
        try {
            return Optional.of(store.open(begun.group(), begun.part().id()).summary());
        } catch (SnapshotStore.NoSuchPart e) {
            return Optional.empty();
        }
    }

    /** The row is gone, so the upload ends and the store forgets what it has. */
    private void giveUp(GroupId group, PartId part) {
        sessions.end(part);
        try {
            store.forget(group, part);
        } catch (SnapshotStore.NoSuchPart e) {
            // it was never committed: nothing to forget
        }
    }

    private <T> T use(GroupId group, PartId part, Function<PartUpload, T> work) {
        return session(group, part).share(work).orElseThrow(() -> noUpload(part));
    }

    private UploadSession session(GroupId group, PartId part) {
        return sessions.find(group, part).orElseThrow(() -> {
            BegunPart begun = snapshots.findPart(group, part).orElseThrow(() -> noPart(group, part));
            return begun.part().isCommitted()
                    ? new Refusal(ErrorCode.VALIDATION_ERROR, "part " + part + " is committed and takes no more blocks")
                    : noUpload(part);
        });
    }

    private static Refusal noUpload(PartId part) {
        return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, part.hex())
                .saying("part " + part + " has no open upload: its lease is over, or the server was started again"
                        + "\nHINT: begin the part again; blocks that were sent are found by the next offer.");
    }

    private static Refusal noPart(GroupId group, PartId part) {
        return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, part.hex())
                .saying("project " + group + " has no part " + part
                        + ": it was abandoned, or another part of the same member was begun after it"
                        + "\nHINT: begin the part again.");
    }

    private static PartCommitted figures(PartSummary summary) {
        return new PartCommitted(summary.files(), summary.plainBytes(), summary.newBytes(), summary.archiveBytes());
    }
}
