package dev.holdfast.server.audit;

import dev.holdfast.server.http.ChangeAttempt;
import dev.holdfast.server.http.ChangeWatch;
import java.net.InetAddress;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Follows each attempt to change something on the thread that works on it. The first transaction that the thread commits
 * takes the record along.
 */
final class WatchedChanges implements ChangeWatch {
    private final AuditTrail trail;

    // of this object, so that two servers in one process do not meet
    private final ThreadLocal<Watched> current = new ThreadLocal<>();

    private static final class Watched {
        final ChangeAttempt attempt;
        boolean recorded;

        Watched(ChangeAttempt attempt) {
            this.attempt = attempt;
        }
    }

    WatchedChanges(AuditTrail trail) {
        this.trail = trail;
    }

    /** Who is at work on this thread, null for nobody: then it is the server itself, or a command. */
    ChangeAttempt attempt() {
        Watched watched = current.get();
        return watched == null ? null : watched.attempt;
    }

    /** At the end of a transaction of this thread. */
    void ride(Handle tx) {
        Watched watched = current.get();
        if (watched != null && !watched.recorded) {
            trail.record(tx, record(watched.attempt).with("outcome", "DONE"));
            // not before: a transaction that is rolled back takes its record along
            tx.afterCommit(() -> watched.recorded = true);
        }
    }

    @Override
    public void began(ChangeAttempt attempt) {
        current.set(new Watched(attempt));
    }

    @Override
    public void ended(ChangeAttempt attempt, int status, String errorCode) {
        boolean recorded = current.get() != null && current.get().recorded;
        current.remove();
        if (recorded && status < 400) {
            return;
        }
        String outcome = status >= 500 || recorded ? "FAILED" : status >= 400 ? "REFUSED" : "NOTHING_TO_CHANGE";
        trail.record(answered(attempt, outcome, status, errorCode));
    }

    @Override
    public void refused(ChangeAttempt attempt, int status, String errorCode) {
        trail.record(answered(attempt, status >= 500 ? "FAILED" : "REFUSED", status, errorCode));
    }

    @Override
    public void signInFailed(InetAddress from, String name, Instant at) {
        trail.note(AuditRecord.of(AuditKind.SIGN_IN, "sign-in failed", at)
                .from(from)
                .with("who", name));
    }

    private static AuditRecord answered(ChangeAttempt attempt, String outcome, int status, String errorCode) {
        return record(attempt).with("outcome", outcome).with("status", status).with("errorCode", errorCode);
    }

    private static AuditRecord record(ChangeAttempt attempt) {
        return AuditRecord.of(AuditKind.CHANGE, attempt.operation(), attempt.at())
                .in(attempt.group())
                .by(attempt.caller())
                .from(attempt.from())
                .with("path", attempt.path())
                .with("orgId", attempt.org() == null ? null : attempt.org().hex())
                .with("requestId", attempt.requestId());
    }
}
