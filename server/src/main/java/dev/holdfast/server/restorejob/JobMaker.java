package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.delivery.LinkRequest;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Writes the jobs of one request, each with its link and its agents' work, within the caller's transaction. */
final class JobMaker {
    private final ArchiveLinks links;
    private final AutomatedRestores restores;
    private final ObjectIds ids;
    private final DamageFinder damage;

    JobMaker(ArchiveLinks links, AutomatedRestores restores, ObjectIds ids, DamageFinder damage) {
        this.damage = damage;
        this.links = links;
        this.restores = restores;
        this.ids = ids;
    }

    /**
     * Looks at what is to be restored; asks rows only.
     *
     * @param parts of {@code snapshot}, shards first
     * @throws Refusal if it cannot be restored, or not on those terms
     */
    Restorable look(
            Handle handle,
            Snapshot snapshot,
            Stream<SnapshotPart> parts,
            boolean whole,
            ClusterId owner,
            JobRequest request,
            Instant now) {
        // a complete snapshot may have a part under way that was begun later, for a new shard
        List<SnapshotPart> committed = parts.filter(SnapshotPart::isCommitted).toList();
        if (committed.isEmpty()) {
            throw incomplete();
        }
        DeliveryTerms terms = terms(snapshot, request, now);
        refuseDamaged(handle, snapshot, committed);
        return new Restorable(snapshot, committed, whole, owner, terms);
    }

    /**
     * The parts whose bytes the store has. With a key server that does not answer it takes as long as is waited for
     * that: never to be asked within a transaction, which would keep all other writers waiting.
     *
     * @throws Refusal if it lacks one
     * @throws Unavailable if it cannot say
     */
    Set<PartId> requireStored(Restorable wanted) {
        Set<PartId> stored = new HashSet<>();
        for (SnapshotPart part : wanted.parts()) {
            // a job that is FINISHED must be one that can be downloaded
            if (!links.has(wanted.snapshot().groupId(), part.id())) {
                throw deleted(wanted.whole());
            }
            stored.add(part.id());
        }
        return stored;
    }

    /**
     * Makes them.
     *
     * @param stored the parts that the store was found to have; the rows of one that it loses say so first
     * @return newest first, as lists are
     */
    List<RestoreJob> make(Handle tx, Restorable wanted, Set<PartId> stored, JobRequest request, Instant now) {
        Snapshot snapshot = wanted.snapshot();
        for (SnapshotPart part : wanted.parts()) {
            if (!stored.contains(part.id())) {
                throw new Unavailable("part " + part.id() + " of snapshot " + snapshot.id()
                        + " was committed while its restore was asked for\nHINT: ask again.");
            }
        }
        boolean automated = request.target() != null;
        List<List<HostId>> places =
                automated ? restores.plan(tx, request.target(), wanted.parts(), wanted.whole()) : null;
        BatchId batch = wanted.whole() ? new BatchId(ids.next()) : null;
        List<RestoreJob> jobs = new ArrayList<>();
        for (SnapshotPart part : wanted.parts()) {
            RestoreJob job = job(snapshot, part, batch, wanted.owner(), request, wanted.terms(), now);
            RestoreJobTable.insert(tx, job);
            links.create(tx, linkOf(job, part));
            if (automated) {
                restores.assign(tx, job, part, places.get(jobs.size()));
            }
            jobs.add(job);
        }
        // parts in their order have growing ids; lists are newest first
        Collections.reverse(jobs);
        return List.copyOf(jobs);
    }

    private void refuseDamaged(Handle handle, Snapshot snapshot, List<SnapshotPart> parts) {
        for (SnapshotPart part : parts) {
            damage.reason(handle, part.id()).ifPresent(reason -> {
                throw new Refusal(
                                ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DAMAGED_SNAPSHOT,
                                snapshot.id().hex())
                        .saying("Snapshot " + snapshot.id() + " cannot be restored: stored bytes of its part "
                                + part.id() + " are damaged (" + reason + "). Choose another one.");
            });
        }
    }

    private RestoreJob job(
            Snapshot snapshot,
            SnapshotPart part,
            BatchId batch,
            ClusterId owner,
            JobRequest request,
            DeliveryTerms terms,
            Instant now) {
        return new RestoreJob(
                new JobId(ids.next()),
                snapshot.groupId(),
                batch,
                owner,
                part.clusterId(),
                part.hostId(),
                snapshot.id(),
                part.id(),
                request.target() == null ? RestoreJobState.FINISHED : RestoreJobState.IN_PROGRESS,
                now.truncatedTo(ChronoUnit.MILLIS),
                terms,
                part.timestampSeconds(),
                part.timestampIncrement(),
                part.encryptionEnabled(),
                part.masterKeyUUID(),
                request.point().checkpoint(),
                request.point().isInTime(),
                request.target(),
                null);
    }

    private static LinkRequest linkOf(RestoreJob job, SnapshotPart part) {
        return new LinkRequest(
                job.id(),
                job.groupId(),
                part.id(),
                part.archiveName(job.id()) + LinkRequest.SUFFIX,
                job.terms().maxDownloads(),
                job.terms().expires(),
                job.created());
    }

    private static DeliveryTerms terms(Snapshot snapshot, JobRequest request, Instant now) {
        DeliveryTerms terms = request.terms();
        if (snapshot.expires() == null || !terms.expires().isAfter(snapshot.expires())) {
            return terms;
        }
        if (request.target() != null && !request.termsNamed()) {
            // only agents use it, and nobody asked for a time
            return DeliveryTerms.until(terms.maxDownloads(), snapshot.expires(), now);
        }
        throw new Refusal(ErrorCode.LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION)
                .saying("The link would outlive the snapshot, which expires at " + ApiJson.date(snapshot.expires())
                        + ". Ask for a shorter time.");
    }

    static Refusal deleted(boolean whole) {
        return new Refusal(
                whole
                        ? ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT
                        : ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT);
    }

    static Refusal incomplete() {
        return new Refusal(ErrorCode.CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT);
    }
}
