package dev.holdfast.server.snapshot.imports;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.store.PartSummary;

/**
 * What an import made.
 *
 * @param complete whether the snapshot has all parts of its cluster
 */
public record Imported(SnapshotId snapshot, PartId part, boolean complete, PartSummary summary) {}
