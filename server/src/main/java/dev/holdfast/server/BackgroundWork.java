package dev.holdfast.server;

import dev.holdfast.database.Lease;
import dev.holdfast.server.schedule.Scheduler;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.scrub.Scrubber;
import dev.holdfast.server.tracing.Tracing;
import dev.holdfast.store.sweep.RepackRule;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.sweep.SweepPlan;
import dev.holdfast.store.sweep.SweepReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does by itself: tidies up, reads the store again, takes snapshots when they are due. */
final class BackgroundWork {
    private static final Logger log = LoggerFactory.getLogger(BackgroundWork.class);

    final Housekeeper housekeeper;
    final Scrubber scrubber;
    final Scheduler scheduler;

    private final ServerRooms rooms;
    private final ServerConfig config;
    private final Clock clock;

    /** Starts nothing yet; {@code opened} ends it. {@code tracing} null for none. */
    BackgroundWork(
            ServerRooms rooms,
            ServerConfig config,
            ServerMetrics metrics,
            Tracing tracing,
            Clock clock,
            Opened opened) {
        this.rooms = rooms;
        this.config = config;
        this.clock = clock;
        // what the uploads of another node were told is pinned there only
        Runnable sweep =
                config.mayShareStore() ? () -> {} : () -> traced(tracing, "sweep", () -> metrics.swept(sweep()));
        Lease housekeeping = lease("housekeeping", Housekeeper.leaseOf(config.housekeeping()));
        housekeeper = opened.keep(new Housekeeper(
                rooms.retention, rooms.sessions::expire, sweep, housekeeping, config.housekeeping(), clock));
        Lease scrub = lease(ScrubLog.LEASE, Scrubber.LEASE);
        scrubber = opened.keep(new Scrubber(rooms.scrubs, rooms.blobs, rooms.store, scrub, config.scrub(), clock));
        Duration interval = config.schedule().interval();
        Lease schedule = lease("schedule", Scheduler.leaseOf(interval));
        scheduler = opened.keep(new Scheduler(rooms.database, rooms.runs, rooms.retention, schedule, interval, clock));
    }

    void start() {
        housekeeper.start();
        scheduler.start();
        scrubber.start();
    }

    private Lease lease(String task, Duration length) {
        // another id for each process: one that was started again must not think that it has the lease already
        String holder = config.delivery().node() + ":" + rooms.ids.next();
        return new Lease(rooms.database, task, holder, length, clock);
    }

    private void traced(Tracing tracing, String name, Runnable work) {
        if (tracing == null) {
            work.run();
            return;
        }
        Instant began = clock.instant();
        try {
            work.run();
            tracing.did(name, began, clock.instant(), null);
        } catch (RuntimeException e) {
            tracing.did(name, began, clock.instant(), e);
            throw e;
        }
    }

    private SweepReport sweep() {
        Sweep sweep = new Sweep(rooms.blobs, rooms.store, SweepMargins.SAFE, RepackRule.DEFAULT);
        SweepPlan plan = sweep.plan(clock.instant());
        SweepReport report = sweep.run(plan);
        log.info(
                "sweep: {} packs and {} pages deleted, {} packs repacked, {} bytes freed and {} copied",
                report.packs(),
                report.pages(),
                report.repacked(),
                report.bytes(),
                report.copied());
        plan.projects().stream()
                .filter(project -> project.skipped() != null)
                .forEach(project ->
                        log.warn("sweep: nothing of project {} was swept, {}", project.project(), project.skipped()));
        report.left().forEach(why -> log.warn("sweep: {}", why));
        return report;
    }
}
