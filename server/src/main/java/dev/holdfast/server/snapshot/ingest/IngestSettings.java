package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.segment.SegmentLevel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds on what agents may do at once.
 *
 * @param level how agents are told to encode segments
 * @param spoolFolder where file lists wait for their commit; made if it is not there, emptied at start
 * @param spoolReserve bytes that a file list must leave free on that disk
 * @param lease how long an upload is kept that no request touches
 * @param uploadsPerProject most uploads of a project at once
 * @param bodies most requests with offers or segments whose bodies are in memory at once; others wait unread
 * @param commits most commits at once
 * @param stall a body of which less than 1 KiB a second came in such a time is given up
 */
public record IngestSettings(
        SegmentLevel level,
        Path spoolFolder,
        long spoolReserve,
        Duration lease,
        int uploadsPerProject,
        int bodies,
        int commits,
        Duration stall) {
    /** 256 MiB reserve, 15 minutes, 64 uploads, 4 bodies (64 MiB), 2 commits, 30 seconds. */
    public static IngestSettings defaults(Path spoolFolder) {
        return new IngestSettings(
                SegmentLevel.FAST, spoolFolder, 256L << 20, Duration.ofMinutes(15), 64, 4, 2, Duration.ofSeconds(30));
    }

    /** Checks every value; an {@link IllegalArgumentException} says which one is wrong. */
    public IngestSettings {
        require(spoolReserve >= 0, "spool reserve must not be negative: " + spoolReserve);
        require(lease.toMillis() > 0, "lease must be positive, not " + lease);
        require(uploadsPerProject >= 1, "uploads per project must be at least 1, not " + uploadsPerProject);
        require(bodies >= 1, "bodies at once must be at least 1, not " + bodies);
        require(commits >= 1, "commits at once must be at least 1, not " + commits);
        require(stall.toMillis() > 0, "stall time must be positive, not " + stall);
    }

    /** The same with another level. */
    public IngestSettings withLevel(SegmentLevel other) {
        return new IngestSettings(other, spoolFolder, spoolReserve, lease, uploadsPerProject, bodies, commits, stall);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
