package dev.holdfast.server.snapshot;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.id.SnapshotId;

/** Snapshots of the sharded cluster whose times are those of oplog entries. */
final class TestCheckpoints {
    private TestCheckpoints() {}

    /** The same part at another time, which is that of an oplog entry. */
    static BeginPart known(BeginPart part, long seconds, long increment) {
        return new BeginPart(
                part.clusterId(),
                part.hostId(),
                seconds,
                increment,
                part.storageEngine(),
                part.mongodOptions(),
                part.encryptionEnabled(),
                part.masterKeyUUID(),
                part.unchangedSinceMillis(),
                true);
    }

    /** A complete one, its parts at these seconds. */
    static SnapshotId sharded(TestSnapshots made, long shard0, long shard1, long config) {
        SnapshotId id = made.begin(made.there.sharded);
        made.commit(id, known(TestSnapshots.part(made.there.shard0), shard0, 3), 1_000_000);
        made.commit(id, known(TestSnapshots.part(made.there.shard1), shard1, 1), 2_000_000);
        made.commit(id, known(TestSnapshots.part(made.there.mirrors.get(0)), config, 6), 3_000_000);
        made.snapshots.commitSnapshot(made.group, id);
        return id;
    }
}
