package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import java.util.List;

/**
 * What a request wants restored, as rows say it.
 *
 * @param parts committed ones of {@code snapshot}, shards first; not empty
 * @param whole whether they are a whole sharded cluster, so that the jobs are a batch
 * @param owner the cluster whose snapshot it is; null when a host alone is restored
 * @param terms of the links, such that none outlives the snapshot
 */
record Restorable(Snapshot snapshot, List<SnapshotPart> parts, boolean whole, ClusterId owner, DeliveryTerms terms) {}
