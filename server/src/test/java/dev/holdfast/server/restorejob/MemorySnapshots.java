package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.CheckpointId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.snapshot.Moment;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.SnapshotPart.Type;
import dev.holdfast.server.testing.TestDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Snapshots of {@link TestDeployment}, made as a test needs them. */
final class MemorySnapshots implements SnapshotFinder {
    static final Instant TAKEN = Instant.parse("2016-02-21T23:51:30Z");
    static final Instant EXPIRES = TAKEN.plus(Duration.ofDays(30));

    private final Map<SnapshotId, Snapshot> all = new LinkedHashMap<>();
    private final Map<CheckpointId, Snapshot> checkpoints = new LinkedHashMap<>();
    private final TestDeployment there;

    MemorySnapshots(TestDeployment there) {
        this.there = there;
    }

    @Override
    public Optional<Snapshot> find(Handle tx, GroupId group, SnapshotId id) {
        return Optional.ofNullable(all.get(id)).filter(found -> found.groupId().equals(group));
    }

    @Override
    public Optional<SnapshotId> ofCheckpoint(Handle tx, GroupId group, ClusterId cluster, CheckpointId id) {
        return Optional.ofNullable(checkpoints.get(id)).map(Snapshot::id);
    }

    @Override
    public List<SnapshotId> at(Handle tx, Cluster cluster, Moment moment) {
        return at(
                moment,
                snapshot -> snapshot.clusterId().equals(cluster.id())
                        ? cluster.type().isSharded() && !checkpoints.containsValue(snapshot)
                                ? List.of()
                                : snapshot.parts()
                        : snapshot.partOf(cluster.id()).stream().toList());
    }

    @Override
    public List<SnapshotId> at(Handle tx, Host host, Moment moment) {
        return at(moment, snapshot -> snapshot.partOf(host.id()).stream().toList());
    }

    private List<SnapshotId> at(Moment moment, Function<Snapshot, List<SnapshotPart>> parts) {
        return all.values().stream()
                .filter(snapshot -> !parts.apply(snapshot).isEmpty())
                .filter(snapshot ->
                        parts.apply(snapshot).stream().allMatch(part -> part.timestampSeconds() == moment.seconds()))
                .filter(snapshot -> moment.increment() == null
                        || parts.apply(snapshot).stream()
                                        .mapToLong(SnapshotPart::timestampIncrement)
                                        .max()
                                        .orElseThrow()
                                == moment.increment())
                .sorted(Comparator.comparing(
                                (Snapshot snapshot) -> snapshot.id().hex())
                        .reversed())
                .map(Snapshot::id)
                .toList();
    }

    /** Makes a checkpoint of a snapshot. */
    CheckpointId checkpoint(Snapshot snapshot) {
        CheckpointId id = new CheckpointId(there.ids.next());
        checkpoints.put(id, snapshot);
        return id;
    }

    /** A complete one of the replica set. */
    Snapshot ofReplicaSet() {
        return put(there.replicaSet, List.of(shard(0, there.replicaSet, true)));
    }

    /** A complete one of the sharded cluster, read from the first mirror. */
    Snapshot ofSharded() {
        return ofSharded(true, true);
    }

    /** One of the sharded cluster with its config part, and its shards if {@code shards}, committed. */
    Snapshot ofSharded(boolean shards, boolean config) {
        HostId mirror = there.mirrors.get(0).id();
        return put(
                there.sharded,
                List.of(
                        shard(0, there.shard0, shards),
                        shard(1, there.shard1, shards),
                        part(2, Type.CONFIG_SERVER, null, mirror, null, config, null)));
    }

    /** A complete one of the sharded cluster with a CSRS; it has no shards yet. */
    Snapshot ofCsrs() {
        return put(
                there.shardedWithCsrs,
                List.of(part(
                        0,
                        Type.CONFIG_SERVER_REPLICA_SET,
                        there.csrs.id(),
                        null,
                        there.csrs.replicaSetName(),
                        true,
                        "56ca4d82-8d02-4d10-a2ef-f00156ca4d82")));
    }

    Snapshot deleted(Snapshot snapshot) {
        return replace(snapshot, snapshot.expires(), TAKEN.plusSeconds(1));
    }

    /** One that is kept until it is deleted by name. */
    Snapshot kept(Snapshot snapshot) {
        return replace(snapshot, null, null);
    }

    private Snapshot replace(Snapshot old, Instant expires, Instant deleted) {
        Snapshot changed = new Snapshot(
                old.id(),
                old.groupId(),
                old.clusterId(),
                old.created(),
                expires,
                expires == null,
                old.clusterComplete(),
                deleted,
                old.parts());
        all.put(changed.id(), changed);
        return changed;
    }

    private Snapshot put(Cluster owner, List<SnapshotPart> parts) {
        Snapshot snapshot = new Snapshot(
                new SnapshotId(there.ids.next()),
                owner.groupId(),
                owner.id(),
                TAKEN,
                EXPIRES,
                false,
                parts.stream().allMatch(SnapshotPart::isCommitted),
                null,
                new ArrayList<>(parts));
        all.put(snapshot.id(), snapshot);
        return snapshot;
    }

    private SnapshotPart shard(int position, Cluster shard, boolean committed) {
        return part(position, Type.REPLICA_SET, shard.id(), null, shard.replicaSetName(), committed, null);
    }

    private SnapshotPart part(
            int position, Type type, ClusterId cluster, HostId host, String set, boolean committed, String key) {
        return new SnapshotPart(
                new PartId(there.ids.next()),
                position,
                type,
                cluster,
                host,
                set,
                "3.0.9",
                TAKEN.getEpochSecond(),
                position + 1,
                key != null,
                key,
                committed ? TAKEN : null,
                0,
                0,
                0);
    }
}
