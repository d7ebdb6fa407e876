package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.store.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * How long snapshots are kept, and their end. The order of a deletion is told in the
 * {@linkplain dev.holdfast.server.snapshot package story}: every method may be called again after a crash, and by two
 * nodes at once.
 */
public final class Retention {
    /** A commit that began before the snapshot was deleted is over by then, one way or the other. */
    static final Duration AFTER_UPLOADS = Duration.ofDays(1);

    private final Database database;
    private final SnapshotStore store;
    private final PinnedParts pinned;
    private final SnapshotWatch watch;

    /**
     * Does no I/O; with no witness.
     *
     * @param pinned which parts may not be forgotten yet
     */
    public Retention(Database database, SnapshotStore store, PinnedParts pinned) {
        this(database, store, pinned, SnapshotWatch.NONE);
    }

    /** Does no I/O. {@code watch} is told of deletions. */
    public Retention(Database database, SnapshotStore store, PinnedParts pinned, SnapshotWatch watch) {
        this.watch = watch;
        this.database = database;
        this.store = store;
        this.pinned = pinned;
    }

    /**
     * Changes how long a snapshot is kept.
     *
     * @param owner the cluster whose snapshot it is, in whose view alone it may be changed
     * @throws Refusal SNAPSHOT_NOT_FOUND, CANNOT_MODIFY_CLUSTER_SNAPSHOT; those of {@link SnapshotChange#applied}
     */
    Snapshot change(GroupId group, ClusterId owner, SnapshotId id, SnapshotChange change, Instant now) {
        return database.write(tx -> {
            Snapshot snapshot = locked(tx, group, owner, id);
            if (!snapshot.clusterId().equals(owner)) {
                throw new Refusal(ErrorCode.CANNOT_MODIFY_CLUSTER_SNAPSHOT, id.hex());
            }
            Snapshot changed = change.applied(snapshot, now);
            RetentionTable.setKeeping(tx, changed);
            return changed;
        });
    }

    /**
     * Deletes a snapshot: no list shows it any more and no job can be made of it. Its bytes go when no link needs them.
     *
     * @param owner the cluster whose snapshot it is, in whose view alone it may be deleted
     * @throws Refusal SNAPSHOT_NOT_FOUND, CANNOT_DELETE_FROM_CLUSTER_SNAPSHOT, CANNOT_MODIFY_SNAPSHOT while
     *     {@code doNotDelete}
     */
    void delete(GroupId group, ClusterId owner, SnapshotId id, Instant now) {
        database.change(tx -> {
            Snapshot snapshot = locked(tx, group, owner, id);
            if (!snapshot.clusterId().equals(owner)) {
                throw new Refusal(ErrorCode.CANNOT_DELETE_FROM_CLUSTER_SNAPSHOT);
            }
            if (snapshot.doNotDelete()) {
                throw new Refusal(ErrorCode.CANNOT_MODIFY_SNAPSHOT, id.hex())
                        .saying("Snapshot " + id + " must not be deleted: its doNotDelete is true.");
            }
            RetentionTable.setDeleted(tx, id, millis(now));
            watch.deleted(tx, group, owner, id, "asked", now);
        });
    }

    /** Deletes every snapshot that a cluster owns, those with {@code doNotDelete} too; answers how many. */
    public int deleteAll(Handle tx, GroupId group, ClusterId owner, Instant now) {
        List<SnapshotId> deleted = RetentionTable.deleteAll(tx, group, owner, millis(now));
        deleted.forEach(id -> watch.deleted(tx, group, owner, id, "terminated", now));
        return deleted.size();
    }

    /** Deletes every snapshot whose time is over, never one with {@code doNotDelete}; answers how many. */
    public int expire(Instant now) {
        return database.write(tx -> {
            List<RetentionTable.Expired> expired = RetentionTable.expire(tx, millis(now));
            expired.forEach(one -> watch.deleted(tx, one.group(), one.cluster(), one.id(), "expired", now));
            return expired.size();
        });
    }

    /**
     * Deletes snapshots that were begun before a moment and of which nothing was ever committed; answers how many. One
     * committed part makes a snapshot that can be restored in that part's own view, and then it is kept until it expires.
     */
    public int abandon(Instant before, Instant now) {
        int count = 0;
        for (RetentionTable.Key key : database.read(handle -> RetentionTable.unfinished(handle, before))) {
            count += database.write(tx -> abandon(tx, key, now)) ? 1 : 0;
        }
        return count;
    }

    /**
     * Lets the store forget the parts of deleted snapshots that nobody may read any more; answers how many snapshots.
     *
     * @throws dev.holdfast.contract.trouble.Unavailable if the store does not answer; say it again later
     */
    public int forget(Instant now) {
        List<RetentionTable.Key> deleted = database.read(RetentionTable::toForget);
        if (deleted.isEmpty()) {
            return 0;
        }
        // after the deletions were read: no job can be made of these any more, so this set only shrinks for them
        Set<PartId> needed = pinned.at(now);
        int count = 0;
        for (RetentionTable.Key key : deleted) {
            count += forget(key, needed, now) ? 1 : 0;
        }
        return count;
    }

    private boolean abandon(Handle tx, RetentionTable.Key key, Instant now) {
        // looked at again with its row locked: a part may have been committed meanwhile, in turn with this
        Optional<Snapshot> unfinished = SnapshotTable.find(
                        tx, key.group(), key.id(), database.dialect().forUpdate())
                .filter(found -> found.deleted() == null && !found.doNotDelete() && !found.clusterComplete())
                .filter(found ->
                        RetentionTable.parts(tx, found.id()).stream().noneMatch(RetentionTable.Part::committed));
        unfinished.ifPresent(found -> {
            RetentionTable.setDeleted(tx, found.id(), millis(now));
            watch.deleted(tx, found.groupId(), found.clusterId(), found.id(), "abandoned", now);
        });
        return unfinished.isPresent();
    }

    private boolean forget(RetentionTable.Key key, Set<PartId> needed, Instant now) {
        List<RetentionTable.Part> parts = database.read(handle -> RetentionTable.parts(handle, key.id()));
        boolean mayBeUploading = parts.stream().anyMatch(part -> !part.committed())
                && key.deleted().plus(AFTER_UPLOADS).isAfter(now);
        if (mayBeUploading || parts.stream().map(RetentionTable.Part::id).anyMatch(needed::contains)) {
            return false;
        }
        if (!database.write(tx -> RetentionTable.setForgetting(tx, key.id(), millis(now)))) {
            return false; // another node was faster
        }
        parts.forEach(part -> store.forget(key.group(), part.id()));
        database.change(tx -> RetentionTable.setForgotten(tx, key.id(), millis(now)));
        return true;
    }

    /** In the view of its owner or of a member that has a part of it. */
    private Snapshot locked(Handle tx, GroupId group, ClusterId cluster, SnapshotId id) {
        return SnapshotTable.find(tx, group, id, database.dialect().forUpdate())
                .filter(found -> found.deleted() == null)
                .filter(found -> found.clusterId().equals(cluster)
                        || found.partOf(cluster).isPresent())
                .orElseThrow(() -> new Refusal(ErrorCode.SNAPSHOT_NOT_FOUND, id.hex(), cluster.hex()));
    }

    private static Instant millis(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS);
    }
}
