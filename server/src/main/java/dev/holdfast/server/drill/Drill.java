package dev.holdfast.server.drill;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.SnapshotId;
import java.time.Instant;

/**
 * One drill.
 *
 * @param id 24 hexadecimal digits
 * @param started when it was asked for
 * @param touched its last sign of life
 * @param ended when it ended, null while it runs
 * @param result what it came to, its state RUNNING while it runs
 */
public record Drill(
        String id,
        GroupId group,
        SnapshotId snapshot,
        Instant started,
        Instant touched,
        Instant ended,
        DrillResult result) {}
