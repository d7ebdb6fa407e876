package dev.holdfast.server;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.server.access.ApiKey;
import dev.holdfast.server.access.KeyWatch;
import dev.holdfast.server.audit.AuditKind;
import dev.holdfast.server.audit.AuditRecord;
import dev.holdfast.server.audit.AuditTrail;
import dev.holdfast.server.delivery.DownloadWatch;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Fills the ports through which rooms tell what happened: neither they nor the audit trail know of each other. */
final class Witness implements KeyWatch, DownloadWatch {
    private final AuditTrail audit;

    Witness(AuditTrail audit) {
        this.audit = audit;
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
    public void begun(Handle tx, Download download) {
        audit.record(tx, record("download begun", download));
    }

    @Override
    public void counted(Handle tx, Download download) {
        audit.record(tx, record("download counted", download));
    }

    @Override
    public void usedUp(Handle tx, Download last) {
        audit.record(tx, record("link used up", last));
    }

    @Override
    public void expired(Handle tx, Download none) {
        audit.record(tx, record("link expired", none));
    }

    @Override
    public void broken(Handle tx, Download none, String reason) {
        audit.record(tx, record("link broken", none).with("reason", reason));
    }

    @Override
    public void refused(Download none, String why) {
        audit.note(record("download refused", none).with("reason", why));
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
