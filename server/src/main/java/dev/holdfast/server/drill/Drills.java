package dev.holdfast.server.drill;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Chunks;
import dev.holdfast.database.Database;
import dev.holdfast.server.snapshot.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drills of all snapshots: what they came to, and new ones, one at a time on each node. */
public final class Drills implements AutoCloseable {
    /** Where this room's migrations are. */
    public static final String MIGRATIONS = "dev/holdfast/server/drill/migrations";

    /** A drill that gave no sign of life for so long has ended with its process. */
    public static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Drills.class);
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
    private static final int CLOSE_SECONDS = 5;

    private final Database database;
    private final Clock clock;
    private final ObjectIds ids;
    private final Function<Snapshot, DrillResult> maker;
    private final ScheduledExecutorService worker = daemon("drill");
    private final ScheduledExecutorService heart = daemon("drill-heart");

    /**
     * Does no I/O.
     *
     * @param maker makes a drill, in the calling thread
     */
    public Drills(Database database, Clock clock, ObjectIds ids, Function<Snapshot, DrillResult> maker) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.maker = maker;
    }

    /** Begins a drill of a snapshot; answers the one that is running, if one is. */
    public Drill start(Snapshot snapshot) {
        Instant now = now();
        Optional<Drill> running = of(snapshot.id()).stream()
                .filter(drill -> drill.result().state() == DrillState.RUNNING)
                .findFirst();
        if (running.isPresent()) {
            return running.get();
        }
        Drill drill = begin(snapshot, now);
        worker.execute(() -> make(drill, snapshot));
        return drill;
    }

    /** Makes a drill in the calling thread, and keeps its result. */
    public Drill makeNow(Snapshot snapshot) {
        Drill drill = begin(snapshot, now());
        make(drill, snapshot);
        return find(drill.id()).orElse(drill);
    }

    /** The drill with that id. */
    public Optional<Drill> find(String id) {
        return database.read(handle -> DrillTable.find(handle, id)).map(this::seenNow);
    }

    /** All drills of a snapshot, newest first. */
    public List<Drill> of(SnapshotId snapshot) {
        return database.read(handle -> DrillTable.of(handle, snapshot)).stream()
                .map(this::seenNow)
                .toList();
    }

    /** Of several projects, the drills that failed and were not made again with success; the snapshots may be gone. */
    public List<Drill> failed(Handle handle, Collection<GroupId> groups) {
        return Chunks.of(groups, some -> DrillTable.failed(handle, some));
    }

    private Drill begin(Snapshot snapshot, Instant now) {
        DrillResult nothing = new DrillResult(DrillState.RUNNING, 0, 0, null, null);
        Drill drill = new Drill(ids.next(), snapshot.groupId(), snapshot.id(), now, now, null, nothing);
        database.change(tx -> DrillTable.insert(tx, drill));
        // those that wait for their turn live too
        return drill;
    }

    private void make(Drill drill, Snapshot snapshot) {
        ScheduledFuture<?> beat =
                heart.scheduleWithFixedDelay(() -> touch(drill), 0, SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
        DrillResult result;
        try {
            result = maker.apply(snapshot);
        } catch (RuntimeException e) {
            log.error("the drill of snapshot {} broke off", snapshot.id(), e);
            result = DrillResult.notDone("it broke off: " + e);
        } finally {
            beat.cancel(false);
        }
        DrillResult ended = result;
        try {
            database.change(tx -> DrillTable.end(tx, drill.id(), ended, now()));
        } catch (RuntimeException e) {
            log.error("the result of the drill of snapshot {} cannot be kept: {}", snapshot.id(), ended, e);
        }
        if (ended.state() == DrillState.FAILED) {
            log.error("the drill of snapshot {} failed: {}", snapshot.id(), ended.message());
        } else {
            log.info("drill of snapshot {}: {}", snapshot.id(), ended);
        }
    }

    private void touch(Drill drill) {
        try {
            database.change(tx -> DrillTable.touch(tx, drill.id(), now()));
        } catch (RuntimeException e) {
            log.warn("the drill of snapshot {} cannot give a sign of life now", drill.snapshot(), e);
        }
    }

    private Drill seenNow(Drill drill) {
        boolean silent = drill.result().state() == DrillState.RUNNING
                && drill.touched().plus(SILENCE).isBefore(clock.instant());
        return silent
                ? new Drill(
                        drill.id(),
                        drill.group(),
                        drill.snapshot(),
                        drill.started(),
                        drill.touched(),
                        drill.touched(),
                        DrillResult.notDone("the process that made it has ended"))
                : drill;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Lets go of a drill that runs: its row is told as not done after a while. Does nothing the second time. */
    @Override
    public void close() {
        worker.shutdownNow();
        heart.shutdownNow();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("a drill does not come to rest; its scratch folder is removed before the next one");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
