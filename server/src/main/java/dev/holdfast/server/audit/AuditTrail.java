package dev.holdfast.server.audit;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.ChangeAttempt;
import dev.holdfast.server.http.ChangeWatch;
import dev.holdfast.server.http.Paging;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chain of records of one database; see the {@linkplain dev.holdfast.server.audit package story}. */
public final class AuditTrail implements AutoCloseable {
    /** Class path folder of the room's migrations. */
    public static final String MIGRATIONS = "dev/holdfast/server/audit/migrations";

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration WRITE_EVERY = Duration.ofSeconds(10);

    private final Database database;
    private final HeadSeal seal;
    private final Tally tally = new Tally();
    private final WatchedChanges changes = new WatchedChanges(this);
    private final ScheduledExecutorService writer;

    /**
     * Does no I/O. From now on the transactions of {@code database} end with the record of the change that is watched on
     * their thread.
     *
     * @param keys seal the head; the first one makes seals, each is accepted
     */
    public AuditTrail(Database database, List<HeadKey> keys) {
        this.database = database;
        this.seal = new HeadSeal(keys);
        this.writer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "audit");
            thread.setDaemon(true);
            return thread;
        });
        database.endChangesWith(changes::ride);
    }

    /** Begins to write what was only noted. */
    public void start() {
        long millis = WRITE_EVERY.toMillis();
        writer.scheduleWithFixedDelay(this::writeNoted, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Is told of attempts to change something. */
    public ChangeWatch changes() {
        return changes;
    }

    /** Appends a record within the caller's transaction. Do it last: nobody else can append before the commit. */
    public void record(Handle tx, AuditRecord record) {
        AuditHead before = AuditTable.lockedHead(tx, database.dialect());
        if (before == null) {
            throw new Corruption("audit_head", 0, "the head of the audit trail is gone");
        }
        long seq = before.seq() + 1;
        AuditRecord whole = record.fields().containsKey("who") ? record : record.by(who());
        String text = Chain.text(whole, seq);
        String hash = Chain.hash(before.hash(), text);
        AuditRow row = new AuditRow(
                seq,
                whole.at().toEpochMilli(),
                whole.kind().name(),
                whole.group() == null ? null : whole.group().hex(),
                text,
                hash);
        AuditTable.append(tx, row, new AuditHead(seq, hash, seal.seal(seq, hash)));
    }

    /** Appends a record in a transaction of its own. */
    public void record(AuditRecord record) {
        database.change(tx -> record(tx, record));
    }

    /** Notes what anybody may cause without end; it is summed up and written within seconds. Does not block. */
    public void note(AuditRecord record) {
        tally.add(record.fields().containsKey("who") ? record : record.by("-"));
    }

    /** Who is at work on this thread. */
    private String who() {
        ChangeAttempt attempt = changes.attempt();
        return attempt == null ? "holdfast" : attempt.caller();
    }

    void writeNoted() {
        List<AuditRecord> noted = tally.take();
        if (noted.isEmpty()) {
            return;
        }
        try {
            database.change(tx -> noted.forEach(record -> record(tx, record)));
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            tally.putBack(noted);
            log.warn("failed sign-ins and refused downloads cannot be recorded now; they are tried again", e);
        }
    }

    long count(AuditFilter filter) {
        return database.read(handle -> AuditTable.count(handle, filter));
    }

    List<AuditRow> page(AuditFilter filter, Paging paging) {
        return database.read(handle -> AuditTable.page(handle, filter, paging));
    }

    /** Writes what was noted; close the HTTP server first. */
    @Override
    public void close() {
        writer.shutdown();
        writeNoted();
    }
}
