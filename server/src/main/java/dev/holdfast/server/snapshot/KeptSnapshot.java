package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;

/**
 * A snapshot in figures; those of a part, where only the part is looked at.
 *
 * @param complete whether it can be restored, in the view that was asked for
 * @param plainBytes bytes of its files
 * @param storedBytes bytes of its segments, those that it has in common with others included
 * @param newBytes bytes of its segments that no earlier part of the project had
 * @param archiveBytes bytes of its archives
 */
public record KeptSnapshot(
        SnapshotId id,
        Instant created,
        boolean complete,
        long plainBytes,
        long storedBytes,
        long newBytes,
        long archiveBytes) {}
