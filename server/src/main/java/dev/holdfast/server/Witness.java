package dev.holdfast.server;

import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.access.ApiKey;
import dev.holdfast.server.access.KeyWatch;
import dev.holdfast.server.access.Session;
import dev.holdfast.server.access.SessionWatch;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentWatch;
import dev.holdfast.server.audit.AuditKind;
import dev.holdfast.server.audit.AuditRecord;
import dev.holdfast.server.audit.AuditTrail;
import dev.holdfast.server.delivery.DownloadWatch;
import dev.holdfast.server.events.Events;
import dev.holdfast.server.restorejob.AgentRestores;
import dev.holdfast.server.restorejob.JobWatch;
import dev.holdfast.server.restorejob.RestoreJob;
import dev.holdfast.server.snapshot.SnapshotWatch;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Fills the ports through which rooms tell what happened: neither they nor those that are told know of each other. The
 * event comes before the record, for the lock on the audit trail is the last that a transaction takes.
 */
final class Witness implements KeyWatch, SessionWatch, DownloadWatch, SnapshotWatch, JobWatch, AssignmentWatch {
    private final AuditTrail audit;
    private final Events events;
    private final Supplier<AgentRestores> restores;
    private final LongAdder counted = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder broken = new LongAdder();

    /** Without automated restores. */
    Witness(AuditTrail audit, Events events) {
        this(audit, events, () -> null);
    }

    /** {@code restores} is asked only when all rooms are there, for they are told of before they are made. */
    Witness(AuditTrail audit, Events events, Supplier<AgentRestores> restores) {
        this.audit = audit;
        this.events = events;
        this.restores = restores;
    }

    /** Downloads that this process counted. */
    long counted() {
        return counted.sum();
    }

    /** Snapshots that this process saw completed. */
    long completed() {
        return completed.sum();
    }

    /** Links that this process found broken. */
    long broken() {
        return broken.sum();
    }

    @Override
    public void created(Handle tx, ApiKey key) {
        String roles = key.grants().stream()
                .map(grant -> grant.role() + (grant.scopeId().isEmpty() ? "" : " in " + grant.scopeId()))
                .collect(Collectors.joining(", "));
        AuditRecord record = AuditRecord.of(AuditKind.KEY, "API key created", key.created())
                .with("key", key.publicKey())
                .with("keyId", key.id().hex())
                .with("desc", key.desc())
                .with("roles", roles)
                .with("orgId", key.org() == null ? null : key.org().hex());
        audit.record(tx, record);
    }

    @Override
    public void createdForAgents(Handle tx, KeyId id, GroupId group, String desc, Instant now) {
        audit.record(
                tx,
                AuditRecord.of(AuditKind.KEY, "agent key created", now)
                        .in(group)
                        .with("keyId", id.hex())
                        .with("desc", desc));
    }

    @Override
    public void opened(Handle tx, Session session, InetAddress from) {
        audit.record(tx, record("session opened", session, session.created()).from(from));
    }

    @Override
    public void closed(Handle tx, Session session, String why, Instant now) {
        audit.record(tx, record("session ended", session, now).with("reason", why));
    }

    @Override
    public void begun(Handle tx, Download download) {
        tell(tx, "job.download-begun", download);
        audit.record(tx, record("download begun", download));
    }

    @Override
    public void counted(Handle tx, Download download) {
        tell(tx, "job.downloaded", download);
        audit.record(tx, record("download counted", download));
        tx.afterCommit(counted::increment);
    }

    @Override
    public void usedUp(Handle tx, Download last) {
        tell(tx, "job.link-used-up", last);
        audit.record(tx, record("link used up", last));
    }

    @Override
    public void expired(Handle tx, Download none) {
        tell(tx, "job.link-expired", none);
        audit.record(tx, record("link expired", none));
    }

    @Override
    public void broken(Handle tx, Download none, String reason) {
        tell(tx, "job.broken", none);
        audit.record(tx, record("link broken", none).with("reason", reason));
        tx.afterCommit(broken::increment);
    }

    @Override
    public void killed(Handle tx, Download none) {
        // only ever together with its job, which is told as that
    }

    @Override
    public void killed(Handle tx, RestoreJob job, String reason, Instant now) {
        // the request that asked for it is in the audit trail already
        Map<String, Object> about = about(null, job.snapshotId());
        about.put("jobId", job.id().hex());
        about.put("reason", reason);
        events.tell(tx, job.groupId(), "job.killed", about, now);
    }

    @Override
    public void done(Handle tx, Assignment work, Instant now) {
        tell(tx, "job.host-restored", work, null, now);
        tellEnd(tx, work, null, now);
    }

    @Override
    public void failed(Handle tx, Assignment work, String reason, Instant now) {
        tell(tx, "job.host-failed", work, reason, now);
        tellEnd(tx, work, reason, now);
    }

    @Override
    public void ready(Handle tx, Download none) {
        // the POST that asked for it is in the audit trail already
        tell(tx, "job.ready", none);
    }

    @Override
    public void refused(Download none, String why) {
        audit.note(record("download refused", none).with("reason", why));
    }

    @Override
    public void begun(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, Instant now) {
        // the request of its agent is in the audit trail already
        events.tell(tx, group, "snapshot.begun", about(cluster, id), now);
    }

    @Override
    public void partCommitted(Handle tx, GroupId group, SnapshotId id, PartId part, Instant now) {
        Map<String, Object> about = about(null, id);
        about.put("partId", part.hex());
        events.tell(tx, group, "snapshot.part", about, now);
        audit.record(
                tx,
                snapshot("part committed", group, id, now)
                        .by("agent of " + group)
                        .with("partId", part.hex()));
    }

    @Override
    public void completed(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, Instant now) {
        events.tell(tx, group, "snapshot.complete", about(cluster, id), now);
        audit.record(tx, snapshot("snapshot complete", group, id, now).with("clusterId", cluster.hex()));
        tx.afterCommit(completed::increment);
    }

    @Override
    public void deleted(Handle tx, GroupId group, ClusterId cluster, SnapshotId id, String why, Instant now) {
        Map<String, Object> about = about(cluster, id);
        about.put("why", why);
        events.tell(tx, group, "snapshot.deleted", about, now);
        audit.record(
                tx,
                snapshot("snapshot deleted", group, id, now)
                        .with("clusterId", cluster.hex())
                        .with("reason", why));
    }

    private void tell(Handle tx, String type, Download download) {
        Map<String, Object> about = new TreeMap<>();
        about.put("jobId", download.job().hex());
        about.put("downloads", download.number());
        events.tell(tx, download.group(), type, about, download.at());
    }

    private void tell(Handle tx, String type, Assignment work, String reason, Instant now) {
        // captures that agents were asked for are told as snapshots
        if (work.kind() != AssignmentKind.RESTORE) {
            return;
        }
        Map<String, Object> about = new TreeMap<>();
        about.put("assignmentId", work.id().hex());
        about.put("jobId", work.payload().path("jobId").textValue());
        if (work.host() != null) {
            about.put("hostId", work.host().hex());
        }
        if (reason != null) {
            about.put("reason", reason);
        }
        // in the project that is restored into: its agents did it
        events.tell(tx, work.group(), type, about, now);
    }

    /** What becomes of the whole job is told in its own project, that of the snapshot. */
    private void tellEnd(Handle tx, Assignment work, String reason, Instant now) {
        AgentRestores jobs = work.kind() == AssignmentKind.RESTORE ? restores.get() : null;
        if (jobs == null) {
            return;
        }
        jobs.endWith(tx, work, reason).ifPresent(end -> {
            Map<String, Object> about = about(null, end.job().snapshotId());
            about.put("jobId", end.job().id().hex());
            if (reason != null) {
                about.put("reason", reason);
            }
            events.tell(tx, end.job().groupId(), reason == null ? "job.finished" : "job.failed", about, now);
        });
    }

    private static Map<String, Object> about(ClusterId cluster, SnapshotId id) {
        Map<String, Object> about = new TreeMap<>();
        about.put("snapshotId", id.hex());
        if (cluster != null) {
            about.put("clusterId", cluster.hex());
        }
        return about;
    }

    private static AuditRecord snapshot(String what, GroupId group, SnapshotId id, Instant now) {
        return AuditRecord.of(AuditKind.SNAPSHOT, what, now).in(group).with("snapshotId", id.hex());
    }

    private static AuditRecord record(String what, Session session, Instant at) {
        return AuditRecord.of(AuditKind.SIGN_IN, what, at)
                .by(session.publicKey())
                .with("sessionId", session.id());
    }

    private static AuditRecord record(String what, Download download) {
        // whoever has the link is nobody by name
        return AuditRecord.of(AuditKind.DOWNLOAD, what, download.at())
                .in(download.group())
                .by(download.from() == null ? "holdfast" : "link")
                .from(download.from())
                .with("jobId", download.job().hex())
                .with("number", download.number());
    }
}
