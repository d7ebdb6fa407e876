package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.store.PartSummary;

/**
 * A part together with what only its intake needs to know.
 *
 * @param storageEngine for restoreInfo.txt, null when unknown
 * @param mongodOptions for restoreInfo.txt, null when unknown
 * @param summary figures of the committed part, all 0 until then
 * @param replaced an uncommitted part of the same member that made way for this one, else null; the caller ends its
 *     upload and forgets what the store has of it
 */
public record BegunPart(
        GroupId group,
        SnapshotId snapshot,
        SnapshotPart part,
        String storageEngine,
        String mongodOptions,
        PartSummary summary,
        PartId replaced) {}
