package dev.holdfast.server.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.database.Lease;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.LostParts;
import dev.holdfast.store.scrub.ScrubCursor;
import dev.holdfast.store.scrub.ScrubSlice;
import dev.holdfast.store.scrub.SliceReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the store a slice every few minutes, on one node at a time. The day's bytes are spread over the day, and after
 * each file it rests four times as long as it read, so that downloads hardly notice.
 */
public final class Scrubber implements AutoCloseable {
    /** From the end of one slice to the next. */
    static final Duration INTERVAL = Duration.ofMinutes(10);

    /** How long a node has the lease: slices that are late do not change who scrubs. */
    public static final Duration LEASE = INTERVAL.multipliedBy(3);

    private static final Logger log = LoggerFactory.getLogger(Scrubber.class);

    /** A small store is not read again and again. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofDays(1);

    private static final int REST = 4;
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    private static final int CLOSE_SECONDS = 20;

    private final ScrubLog scrubs;
    private final Snapshots snapshots;
    private final BlobStore blobs;
    private final PackedSnapshotStore store;
    private final Lease lease;
    private final ScrubSettings settings;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ScheduledExecutorService thread;
    private long due;

    /** Starts nothing yet. */
    public Scrubber(
            ScrubLog scrubs,
            Snapshots snapshots,
            BlobStore blobs,
            PackedSnapshotStore store,
            Lease lease,
            ScrubSettings settings,
            Clock clock) {
        this.scrubs = scrubs;
        this.snapshots = snapshots;
        this.blobs = blobs;
        this.store = store;
        this.lease = lease;
        this.settings = settings;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread scrubber = new Thread(work, "scrubber");
            scrubber.setDaemon(true);
            return scrubber;
        });
    }

    /** Lets no new capture build upon what is known to be damaged; then begins with the first slice in a while. */
    public void start() {
        distrust();
        if (settings.bytesPerDay() > 0) {
            long millis = INTERVAL.toMillis();
            thread.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** One slice, if it is time for one; trouble is logged, and the slice is read again. */
    public void tick() {
        try {
            slice();
        } catch (Corruption e) {
            log.error(
                    "DAMAGED DATA: the store cannot be scrubbed: {}\nHINT: holdfast repair --from mends it from a"
                            + " copy.",
                    e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            log.warn("a slice of the scrub cannot be read now; it is tried again", e);
        }
    }

    private void slice() {
        Instant now = clock.instant();
        if (settings.pausesAt(LocalTime.ofInstant(now, ZoneOffset.UTC)) || !lease.take()) {
            return;
        }
        ScrubState state = scrubs.state();
        boolean between = state.cursor().equals(ScrubCursor.START) && state.lastBegun() != null;
        if (between && now.isBefore(state.lastBegun().plus(BETWEEN_ROUNDS))) {
            return;
        }
        long share = settings.bytesIn(INTERVAL);
        // what a large file read too much is made up for; what was not read is not caught up with at once
        due = Math.min(due + share, share);
        long left = Math.min(due, settings.bytesPerDay() - state.readToday(now));
        if (left <= 0) {
            return;
        }
        SliceReport slice = new ScrubSlice(blobs, new Rest()::goesOn)
                .run(state.cursor(), left)
                .and(LostParts.of(blobs, this::committed));
        due -= slice.bytes();
        scrubs.record(slice, clock.instant());
        if (!slice.found().isEmpty()) {
            distrust();
        }
        if (slice.endedRound()) {
            log.info("scrub: the whole store was read, {} bytes", scrubs.state().lastBytes());
        }
    }

    private List<Damage.Part> committed() {
        return snapshots.committedParts().entrySet().stream()
                .map(part -> new Damage.Part(part.getValue(), part.getKey()))
                .toList();
    }

    private void distrust() {
        scrubs.damagedPacks().forEach(store::distrust);
    }

    /** Measures how long a file took and rests accordingly. */
    private final class Rest {
        private long last = System.nanoTime();

        boolean goesOn() {
            long rest = Math.min((System.nanoTime() - last) * REST, LONGEST_REST.toNanos());
            try {
                boolean closed = closing.await(rest, TimeUnit.NANOSECONDS);
                last = System.nanoTime();
                return !closed;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Waits for the file that is being read, then lets another node have the lease. Does nothing the second time. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        closing.countDown();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the scrub does not come to rest; its slice is read again");
            }
            lease.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("the lease of the scrub cannot be released; it runs out", e);
        }
    }
}
