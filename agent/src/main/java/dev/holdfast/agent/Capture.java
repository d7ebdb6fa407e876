package dev.holdfast.agent;

import dev.holdfast.agent.CaptureProgress.Step;
import dev.holdfast.agent.earlier.CaptureNotes;
import dev.holdfast.agent.link.AgentLink;
import dev.holdfast.agent.link.PartLost;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.agent.link.TrustedAuthorities;
import dev.holdfast.agent.source.DataDirectory;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.agent.upload.PartUpload;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.contract.trouble.Unavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Captures a stopped or frozen data directory, once. */
public final class Capture {
    private static final int MAX_PARTS_BEGUN = 3;

    private final Clock clock;
    private final Pause pause;
    private final RetryPolicy retries;

    /** Takes the time of a part from {@code clock}; waits between attempts with {@code pause}, as long as usual. */
    public Capture(Clock clock, Pause pause) {
        this(clock, pause, RetryPolicy.STANDARD);
    }

    /** Takes the time of a part from {@code clock}; waits between attempts with {@code pause} as {@code retries} says. */
    public Capture(Clock clock, Pause pause, RetryPolicy retries) {
        this.clock = clock;
        this.pause = pause;
        this.retries = retries;
    }

    /**
     * Makes one part of a snapshot, and commits the snapshot if told so.
     *
     * @throws CaptureFailed if it cannot be made, for a reason that the message tells; no part is left
     * @throws Unavailable if the server could not be reached or asked to try later, and went on doing so; no part is
     *     left, and the next attempt does not send again what arrived
     */
    public CaptureResult run(CaptureSettings settings, CaptureProgress progress) {
        try {
            return capture(settings, new ProgressMeter(progress));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureFailed(
                    "the capture was interrupted\nHINT: start it again; what has arrived is not sent" + " twice", e);
        }
    }

    private CaptureResult capture(CaptureSettings settings, ProgressMeter meter) throws InterruptedException {
        Instant startedAt = clock.instant();
        meter.step(Step.LOOKING);
        CaptureSettings.Source source = settings.source();
        DataDirectory directory = DataDirectory.open(source.directory(), source.frozen(), source.follow());
        CaptureSettings.Server server = settings.server();
        AgentLink link = new AgentLink(
                server.url(),
                server.group(),
                server.key(),
                server.authorities() == null ? null : TrustedAuthorities.of(server.authorities()),
                retries,
                pause);
        SnapshotId snapshot = snapshot(link, settings.snapshot());
        AgentApi.BeginPart part = part(settings.part(), startedAt.getEpochSecond(), directory);
        Committed committed;
        List<String> warnings = new ArrayList<>(directory.warnings());
        try (CaptureNotes notes = notes(settings, directory, startedAt)) {
            committed = upload(link, snapshot, part, directory, settings, notes, meter);
            notes.trouble().ifPresent(warnings::add);
        }
        boolean complete = settings.commitSnapshot() && link.commitSnapshot(snapshot);
        meter.step(Step.DONE);
        return new CaptureResult(
                snapshot, committed.part, committed.sizes, settings.commitSnapshot(), complete, warnings);
    }

    private static CaptureNotes notes(CaptureSettings settings, DataDirectory directory, Instant startedAt) {
        if (settings.notes() == null) {
            return CaptureNotes.none();
        }
        CaptureSettings.Server server = settings.server();
        String of = server.url() + "\n" + server.group() + "\n" + directory.root();
        return CaptureNotes.in(settings.notes(), of, startedAt);
    }

    private record Committed(PartId part, AgentApi.PartCommitted sizes) {}

    /** Sends the part; if the server loses it on the way (it was restarted), begins again and sends what is missing. */
    private static Committed upload(
            AgentLink link,
            SnapshotId snapshot,
            AgentApi.BeginPart part,
            DataDirectory directory,
            CaptureSettings settings,
            CaptureNotes notes,
            ProgressMeter meter)
            throws InterruptedException {
        for (int begun = 1; ; begun++) {
            AgentApi.PartBegun answer = levelled(link.beginPart(snapshot, part), settings.level());
            PartId id = new PartId(answer.partId());
            try (PartUpload upload = PartUpload.open(link, answer, directory, settings.threads(), notes, meter)) {
                meter.sending(directory.entries(), directory.bytes());
                upload.send();
                meter.step(Step.CHECKING);
                upload.requireUnchanged();
                meter.step(Step.COMMITTING);
                return new Committed(id, upload.commit());
            } catch (PartLost e) {
                if (begun == MAX_PARTS_BEGUN) {
                    throw new Unavailable(
                            "the server lost the part " + begun + " times: " + e.getMessage()
                                    + "\nHINT: is another capture of the same member at work? See the server's log, then"
                                    + " capture again; what has arrived is not sent twice",
                            e);
                }
            } catch (RuntimeException | InterruptedException e) {
                abandon(link, id, e);
                throw e;
            }
        }
    }

    private static AgentApi.PartBegun levelled(AgentApi.PartBegun answer, SegmentLevel told) {
        return told == null ? answer : new AgentApi.PartBegun(answer.partId(), answer.blockSize(), told.text());
    }

    private static void abandon(AgentLink link, PartId part, Exception why) {
        // a part that cannot be abandoned ends with its lease; what matters is why
        boolean interrupted = why instanceof InterruptedException | Thread.interrupted();
        try {
            if (!(why instanceof Unavailable)) {
                link.abandon(part);
            }
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static SnapshotId snapshot(AgentLink link, CaptureSettings.InSnapshot in) throws InterruptedException {
        if (in instanceof CaptureSettings.JoinSnapshot join) {
            return join.snapshot();
        }
        CaptureSettings.BeginSnapshot begin = (CaptureSettings.BeginSnapshot) in;
        return link.beginSnapshot(new AgentApi.BeginSnapshot(
                begin.cluster() == null ? null : begin.cluster().hex(),
                begin.host() == null ? null : begin.host().hex(),
                begin.expiresInHours()));
    }

    private static AgentApi.BeginPart part(CaptureSettings.Part part, long startedAt, DataDirectory directory) {
        return new AgentApi.BeginPart(
                part.cluster() == null ? null : part.cluster().hex(),
                part.host() == null ? null : part.host().hex(),
                part.timestampSeconds() == null ? startedAt : part.timestampSeconds(),
                part.timestampIncrement(),
                part.storageEngine() == null ? directory.storageEngine() : part.storageEngine(),
                part.mongodOptions(),
                part.encryptionEnabled(),
                part.masterKeyUuid(),
                directory.unchangedSince().toEpochMilli(),
                part.timestampSeconds() != null);
    }
}
