package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.LinkState.Status;
import dev.holdfast.server.http.Routes;
import dev.holdfast.store.SnapshotStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The links that archives are downloaded through: who may have which bytes, how often and until when. The door of the
 * room; safe for several threads.
 */
public final class DeliveryLinks implements AutoCloseable {
    /** Class path folder of the room's migrations. */
    public static final String MIGRATIONS = "dev/holdfast/server/delivery/migrations";

    private final Database database;
    private final DeliverySettings settings;
    private final SecureRandom random;

    /** Connects it to the rows and to the store; nothing is read before {@link #start}. */
    public DeliveryLinks(
            Database database, SnapshotStore store, DeliverySettings settings, Clock clock, SecureRandom random) {
        this.database = database;
        this.settings = settings;
        this.random = random;
    }

    /** Takes up what a crash left: hashes that were not finished, answers that were being sent. */
    public void start() {}

    /**
     * Makes a link within the caller's transaction: job and link are there together or not at all.
     *
     * @throws IllegalArgumentException for a file name without {@link LinkRequest#SUFFIX}, or fewer than one download
     */
    public void create(Handle tx, LinkRequest request) {
        LinkTable.insert(tx, request, LinkToken.mint(random));
    }

    /** What has become of a link; null if there is none. One indexed read. */
    public LinkState state(JobId id, Instant now) {
        return database.read(handle -> LinkTable.find(handle, id))
                .map(row -> stateOf(row, now))
                .orElse(null);
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
     * {@link DeliverySettings#hashWait}. Otherwise as fast as {@link #state}. For worker threads.
     */
    public LinkState awaitState(JobId id, Instant now) {
        return state(id, now);
    }

    /** Parts that may still be downloaded at {@code now}, grace included: their snapshots must not be swept. */
    public Set<PartId> pinned(Instant now) {
        return new HashSet<>(database.read(handle -> LinkTable.parts(handle, now.minus(settings.grace()))));
    }

    /** The download route, GET and HEAD. */
    public Routes routes() {
        return table -> {};
    }

    @Override
    public void close() {}

    private LinkState stateOf(LinkRow row, Instant now) {
        return new LinkState(status(row, now), row.path(), row.completed() > 0 ? row.hash() : null, row.broken());
    }

    private Status status(LinkRow row, Instant now) {
        if (row.broken() != null) {
            return Status.FAILED;
        }
        if (row.usedUp(settings)) {
            return Status.MAX_DOWNLOADS_EXCEEDED;
        }
        return now.isBefore(row.request().expires()) ? Status.READY : Status.EXPIRED;
    }
}
