package dev.holdfast.server.schedule;

import dev.holdfast.database.Database;
import dev.holdfast.database.Lease;
import dev.holdfast.server.snapshot.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comes by every few seconds, on one node: moves backups that were started or terminated to their next state, begins the
 * snapshots that are due, and ends those that are made. Each step may be cut off anywhere and is done again in the next
 * round; the lease only saves work, for rows keep a snapshot from being made twice.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    private static final int CLOSE_SECONDS = 30;

    private final Database database;
    private final SnapshotRuns runs;
    private final Retention retention;
    private final Lease lease;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    /** Starts nothing yet. */
    public Scheduler(
            Database database, SnapshotRuns runs, Retention retention, Lease lease, Duration interval, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.retention = retention;
        this.lease = lease;
        this.interval = interval;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread scheduler = new Thread(work, "scheduler");
            scheduler.setDaemon(true);
            return scheduler;
        });
    }

    /** How long a node has the lease, so that a round that is late does not change who does it. */
    public static Duration leaseOf(Duration interval) {
        return interval.multipliedBy(3).plusMinutes(1);
    }

    /** Begins with the first round after one interval. */
    public void start() {
        thread.scheduleWithFixedDelay(this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One round; trouble with one cluster is logged and does not keep the others from their turn. */
    public void round() {
        List<BackupConfig> active;
        try {
            if (!lease.take()) {
                return;
            }
            active = database.read(BackupConfigTable::active);
        } catch (RuntimeException e) {
            log.warn("the schedule cannot be looked at now; it is tried again", e);
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        step("snapshots", () -> runs.endRuns(now));
        for (BackupConfig config : active) {
            step("cluster " + config.cluster(), () -> {
                BackupStatus status = config.status();
                if (status == BackupStatus.TERMINATING) {
                    terminate(config, now);
                } else if (status == BackupStatus.PROVISIONING) {
                    moved(config, BackupStatus.STARTED);
                    begin(config, now);
                } else {
                    begin(config, now);
                }
            });
        }
    }

    private void begin(BackupConfig config, Instant now) {
        if (runs.beginDue(config, now)) {
            log.info("a snapshot of cluster {} begins", config.cluster());
        }
    }

    /** Documented: terminating deletes all snapshots, those that must not expire too. */
    private void terminate(BackupConfig config, Instant now) {
        int deleted = database.write(tx -> {
            runs.cancel(tx, config.cluster(), "the backup was terminated", now);
            int count = retention.deleteAll(tx, config.group(), config.cluster(), now);
            BackupConfigTable.move(tx, config.cluster(), BackupStatus.TERMINATING, BackupStatus.INACTIVE);
            return count;
        });
        log.info("the backup of cluster {} is terminated; {} snapshots deleted", config.cluster(), deleted);
    }

    private void moved(BackupConfig config, BackupStatus next) {
        database.change(tx -> BackupConfigTable.move(tx, config.cluster(), config.status(), next));
    }

    private static void step(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            log.warn("scheduling of {} failed; it is tried again", what, e);
        }
    }

    /** Waits for the round in progress, then lets another node have the lease. Does nothing the second time. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the scheduler does not come to rest; the next start goes on where it stops");
            }
            lease.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("the scheduler's lease cannot be released; it runs out", e);
        }
    }
}
