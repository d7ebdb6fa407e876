package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Chunks;
import dev.holdfast.server.http.Paging;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The snapshots that are kept, in figures and of many projects at once: a few statements, however many clusters there are.
 * What is deleted or past its time is left out everywhere.
 */
public final class KeptSnapshots {
    /** The latest complete snapshot of each replica set or whole sharded cluster that has one. */
    public Map<ClusterId, KeptSnapshot> lastComplete(Handle handle, Collection<GroupId> groups, Instant now) {
        Map<ClusterId, KeptSnapshot> last = new HashMap<>();
        Chunks.of(groups, some -> KeptTable.lastComplete(handle, some, now))
                .forEach(found -> last.put(found.getKey(), found.getValue()));
        return last;
    }

    /** The latest snapshot with a part of each mirrored config server that has one; the figures are the part's. */
    public Map<HostId, KeptSnapshot> lastOfMirrors(Handle handle, Collection<GroupId> groups, Instant now) {
        Map<HostId, KeptSnapshot> last = new HashMap<>();
        Chunks.of(groups, some -> KeptTable.lastOfMirrors(handle, some, now))
                .forEach(found -> last.put(found.getKey(), found.getValue()));
        return last;
    }

    /** How many snapshots of each cluster cannot be restored, for stored bytes of theirs are damaged. */
    public Map<ClusterId, Long> damaged(Handle handle, Collection<GroupId> groups, Instant now) {
        Map<ClusterId, Long> damaged = new HashMap<>();
        Chunks.of(groups, some -> KeptTable.damaged(handle, some, now))
                .forEach(found -> damaged.put(found.getKey(), found.getValue()));
        return damaged;
    }

    /** Those of the ids that are kept, with the cluster that each is of. */
    public Map<SnapshotId, ClusterId> owners(Handle handle, Collection<SnapshotId> ids, Instant now) {
        Map<SnapshotId, ClusterId> owners = new HashMap<>();
        Chunks.of(ids, some -> KeptTable.owners(handle, some, now))
                .forEach(found -> owners.put(found.getKey(), found.getValue()));
        return owners;
    }

    /** Everything together. */
    public KeptTotals totals(Handle handle, Collection<GroupId> groups, Instant now) {
        return Chunks.of(groups, some -> List.of(KeptTable.totals(handle, some, now))).stream()
                .reduce(KeptTotals.NOTHING, KeptTotals::plus);
    }

    /** A page of a cluster's snapshots, or of a host's, oldest first. */
    Grown grown(Handle handle, GroupId group, SnapshotTable.View view, String id, Paging paging, Instant now) {
        return new Grown(
                KeptTable.oldestFirst(handle, group, view, id, paging, now),
                KeptTable.count(handle, group, view, id, now));
    }

    /** A page; {@code total}: of all pages. */
    record Grown(List<KeptSnapshot> page, long total) {}
}
