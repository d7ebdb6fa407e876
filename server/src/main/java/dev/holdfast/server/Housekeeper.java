package dev.holdfast.server;

import dev.holdfast.database.Lease;
import dev.holdfast.server.snapshot.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up, on one node at a time: deletes snapshots whose time is over, gives up those that were left unfinished, lets
 * the store forget the parts of deleted ones, and sweeps the store now and then. Each step may be cut off anywhere, and
 * is done again in the next round; the lease only keeps nodes from doing the same work twice.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);

    /** A node that starts is asked for more than its store's old packs. */
    private static final Duration FIRST_SWEEP = Duration.ofHours(1);

    private static final int CLOSE_SECONDS = 30;

    private final Retention retention;
    private final ToIntFunction<Instant> sessions;
    private final Runnable sweep;
    private final Lease lease;
    private final HousekeepingSettings settings;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private Instant nextSweep;

    /** A task of the round. */
    private interface Chore {
        /** Answers how many things were done. */
        int run();
    }

    /**
     * Starts nothing yet.
     *
     * @param sessions ends the sign-ins whose time is over, and answers how many
     * @param sweep sweeps the store of this process
     */
    Housekeeper(
            Retention retention,
            ToIntFunction<Instant> sessions,
            Runnable sweep,
            Lease lease,
            HousekeepingSettings settings,
            Clock clock) {
        this.retention = retention;
        this.sessions = sessions;
        this.sweep = sweep;
        this.lease = lease;
        this.settings = settings;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread housekeeper = new Thread(work, "housekeeper");
            housekeeper.setDaemon(true);
            return housekeeper;
        });
    }

    /** How long a node has the lease: long enough that a round that is late does not change who does it. */
    static Duration leaseOf(HousekeepingSettings settings) {
        return settings.interval().multipliedBy(3).plusMinutes(1);
    }

    /** Begins with the first round after one interval. */
    void start() {
        Duration wait = settings.sweepInterval().compareTo(FIRST_SWEEP) < 0 ? settings.sweepInterval() : FIRST_SWEEP;
        nextSweep = clock.instant().plus(wait);
        long millis = settings.interval().toMillis();
        thread.scheduleWithFixedDelay(this::round, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** One round; trouble with one task is logged and does not keep the others from their turn. */
    void round() {
        try {
            if (!lease.take()) {
                return;
            }
        } catch (RuntimeException e) {
            log.warn("housekeeping cannot be done now; it is tried again", e);
            return;
        }
        Instant now = clock.instant();
        chore("snapshots expired", () -> retention.expire(now));
        chore("unfinished snapshots were given up", () -> retention.abandon(now.minus(settings.abandonAfter()), now));
        chore("deleted snapshots were forgotten by the store", () -> retention.forget(now));
        chore("sessions ended", () -> sessions.applyAsInt(now));
        if (settings.sweeps() && nextSweep != null && !now.isBefore(nextSweep)) {
            nextSweep = now.plus(settings.sweepInterval());
            chore("", () -> {
                sweep.run();
                return 0;
            });
        }
    }

    private static void chore(String done, Chore chore) {
        try {
            int count = chore.run();
            if (count > 0) {
                log.info("{} {}", count, done);
            }
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            log.warn("a task of housekeeping failed; it is tried again", e);
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
                log.warn("housekeeping does not come to rest; the next start goes on where it stops");
            }
            lease.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("the lease of housekeeping cannot be released; it runs out", e);
        }
    }
}
