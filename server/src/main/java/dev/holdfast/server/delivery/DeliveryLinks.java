package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.LinkState.Status;
import dev.holdfast.server.http.Routes;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that archives are downloaded through: who may have which bytes, how often and until when. The door of the
 * room; safe for several threads.
 */
public final class DeliveryLinks implements AutoCloseable {
    /** Class path folder of the room's migrations. */
    public static final String MIGRATIONS = "dev/holdfast/server/delivery/migrations";

    private static final Logger log = LoggerFactory.getLogger(DeliveryLinks.class);
    private static final int READERS = Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
    private static final int CLERKS = 8;
    private static final int HASHERS = 2;
    // each holds a worker of the API, of which there are at least 8 unless somebody wants fewer
    private static final int MOST_WAITING = 4;
    private static final int CLOSE_SECONDS = 5;
    // many signs of life: one that is late must not cost a download its bytes
    private static final Duration STILL_OPEN = AttemptLedger.SILENCE.multipliedBy(20);
    private static final Duration SETTLE_EVERY = Duration.ofSeconds(30);

    private final Database database;
    private final SnapshotStore store;
    private final DeliverySettings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final DownloadWatch watch;
    private final ExecutorService readers;
    private final ExecutorService clerks;
    private final ExecutorService hashers;
    private final ScheduledExecutorService background;
    private final Ledgers ledgers;
    private final Endings endings = new Endings();
    private final Running running = new Running();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final ArchiveHasher hasher;
    private final DownloadRoute route;
    private final LongAdder bytesSent = new LongAdder();

    /** Connects it to the rows and to the store, with no witness; nothing is read before {@link #start}. */
    public DeliveryLinks(
            Database database, SnapshotStore store, DeliverySettings settings, Clock clock, SecureRandom random) {
        this(database, store, settings, DownloadWatch.NONE, clock, random);
    }

    /** The same; {@code watch} is told what becomes of links. */
    public DeliveryLinks(
            Database database,
            SnapshotStore store,
            DeliverySettings settings,
            DownloadWatch watch,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.watch = watch;
        this.readers = Executors.newFixedThreadPool(READERS, daemons("delivery-reader"));
        this.clerks = Executors.newFixedThreadPool(CLERKS, daemons("delivery-clerk"));
        this.background = Executors.newSingleThreadScheduledExecutor(daemons("delivery-background"));
        // two: a large archive must not keep the small ones waiting
        this.hashers = Executors.newFixedThreadPool(HASHERS, daemons("delivery-hasher"));
        this.ledgers = new Ledgers(database, settings, watch);
        BrokenLinks brokenLinks = new BrokenLinks(database, watch, clock);
        this.hasher = new ArchiveHasher(database, store, brokenLinks, settings, clock, hashers);
        Deliveries shop = new Deliveries(
                settings,
                ledgers,
                brokenLinks,
                endings,
                running,
                new Slabs(settings.slabBytes()),
                readers,
                clerks,
                bytesSent,
                clock);
        this.route = new DownloadRoute(
                new DownloadDesk(database, store, ledgers, brokenLinks, watch, random), shop, link -> {
                    if (link.hash() == null) {
                        hasher.hash(link.id(), true);
                    }
                });
    }

    /** Takes up what a crash left: hashes that were not finished, answers that were being sent. */
    public void start() {
        ledgers.declareDead(clock.instant());
        hasher.resume();
        long millis = SETTLE_EVERY.toMillis();
        background.scheduleWithFixedDelay(this::settle, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void settle() {
        try {
            ledgers.settleDead(clock.instant());
            ledgers.tellExpired(clock.instant());
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            log.warn("downloads of dead processes and expired links cannot be seen to now; tried again", e);
        }
    }

    /**
     * Whether the store has a part. A damaged one counts as there: a link to it is found out by its hash, loudly, and the
     * job says BROKEN.
     */
    public boolean has(GroupId group, PartId part) {
        try {
            store.open(group, part);
            return true;
        } catch (NoSuchPart e) {
            return false;
        } catch (Corruption e) {
            return true;
        }
    }

    /**
     * Makes a link within the caller's transaction: job and link are there together or not at all.
     *
     * @throws IllegalArgumentException for a file name without {@link LinkRequest#SUFFIX}, or fewer than one download
     */
    public void create(Handle tx, LinkRequest request) {
        if (!request.fileName().endsWith(LinkRequest.SUFFIX)
                || request.fileName().length() == LinkRequest.SUFFIX.length()) {
            throw new IllegalArgumentException("not a name of an archive: " + request.fileName());
        }
        if (request.maxDownloads() < 1) {
            throw new IllegalArgumentException("maxDownloads must be 1 or more, not " + request.maxDownloads());
        }
        LinkTable.insert(tx, request, LinkToken.mint(random));
        watch.ready(tx, new DownloadWatch.Download(request.group(), request.id(), 0, null, request.created()));
        // before the commit the hasher would not find it
        tx.afterCommit(() -> hasher.hash(request.id(), false));
    }

    /**
     * Ends a link for good within the caller's transaction. When that is committed, nobody can begin a download any
     * more, those that this process is sending break off at once, and those of other nodes within seconds. A link that
     * is broken, or was ended so before, stays as it is.
     */
    public void kill(Handle tx, JobId id, Instant now) {
        if (LinkTable.setKilled(tx, id, now)) {
            LinkTable.find(tx, id)
                    .ifPresent(link -> watch.killed(
                            tx, new DownloadWatch.Download(link.request().group(), id, link.completed(), null, now)));
            tx.afterCommit(() -> running.cut(id));
        }
    }

    /**
     * The hashes of a link's archive, for an agent that restores it; null until they are known. Asking has them
     * computed, if nobody has done so yet.
     */
    public LinkState.Hash hash(JobId id) {
        LinkRow row = LinkTable.find(database, id).orElse(null);
        if (row != null && row.hash() == null && row.broken() == null && row.killed() == null) {
            hasher.hash(id, true);
        }
        return row == null ? null : row.hash();
    }

    /** What has become of a link; null if there is none. One indexed read. */
    public LinkState state(JobId id, Instant now) {
        return LinkTable.find(database, id).map(row -> stateOf(row, now)).orElse(null);
    }

    /** As {@link #state} for many at once; links that do not exist are left out. */
    public Map<JobId, LinkState> states(Collection<JobId> ids, Instant now) {
        List<LinkRow> rows = database.read(handle -> LinkTable.find(handle, ids));
        Map<JobId, LinkState> states = new LinkedHashMap<>();
        rows.forEach(row -> states.put(row.id(), stateOf(row, now)));
        return states;
    }

    /**
     * As {@link #state}, but right after a download: when one is just ending, waits until it is counted, and when one
     * was counted and its hash is being computed, waits for that, both together at most
     * {@link DeliverySettings#hashWait}. Otherwise as fast as {@link #state}, and also when {@link #MOST_WAITING} wait
     * already: whoever asks again and again must not keep everybody else's questions waiting. For worker threads.
     */
    public LinkState awaitState(JobId id, Instant now) {
        CompletableFuture<Void> counted = endings.counted(id);
        if (counted.isDone()) {
            LinkRow row = LinkTable.find(database, id).orElse(null);
            if (row == null || !lacksHash(row)) {
                return row == null ? null : stateOf(row, now);
            }
        }
        if (!waiting.tryAcquire()) {
            return state(id, now);
        }
        try {
            counted.thenCompose(v -> hashIfCompleted(id))
                    .get(settings.hashWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // the hash shows when it is there
        } catch (ExecutionException e) {
            log.warn("restore job {} cannot be waited for", id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
        return state(id, now);
    }

    private CompletableFuture<Void> hashIfCompleted(JobId id) {
        LinkRow row = LinkTable.find(database, id).orElse(null);
        return row != null && lacksHash(row) ? hasher.hash(id, true) : CompletableFuture.completedFuture(null);
    }

    private static boolean lacksHash(LinkRow row) {
        return row.completed() > 0 && row.hash() == null && row.broken() == null && row.killed() == null;
    }

    /**
     * Parts that may still be downloaded at {@code now}, grace included, and those that are being downloaded, however
     * long that takes: their snapshots must not be swept.
     */
    public Set<PartId> pinned(Instant now) {
        return new HashSet<>(
                database.read(handle -> LinkTable.parts(handle, now.minus(settings.grace()), now.minus(STILL_OPEN))));
    }

    /** Downloads that this process is sending now. */
    public int active() {
        return route.active();
    }

    /** Bytes of archives that this process has sent. */
    public long bytesSent() {
        return bytesSent.sum();
    }

    /** The download route, GET and HEAD. */
    public Routes routes() {
        return route;
    }

    /** Ends the background work and waits a little for downloads to be counted; close the HTTP server first. */
    @Override
    public void close() {
        hasher.close();
        List<ExecutorService> all = List.of(background, hashers, readers, clerks);
        all.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService one : all) {
                if (!one.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    log.warn("delivery does not come to rest; what was sent is counted when its client resumes");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private LinkState stateOf(LinkRow row, Instant now) {
        LinkState.Hash hash = row.completed() > 0 ? row.hash() : null;
        return new LinkState(status(row, now), row.path(), hash, row.broken(), row.completed());
    }

    private Status status(LinkRow row, Instant now) {
        if (row.killed() != null) {
            return Status.INTERRUPTED;
        }
        if (row.broken() != null) {
            return Status.FAILED;
        }
        if (row.usedUp(settings)) {
            return Status.MAX_DOWNLOADS_EXCEEDED;
        }
        return now.isBefore(row.request().expires()) ? Status.READY : Status.EXPIRED;
    }
}
