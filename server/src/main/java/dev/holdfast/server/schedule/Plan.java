package dev.holdfast.server.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * When snapshots of a replica set or a whole sharded cluster are due.
 *
 * @param status of its backup
 * @param interval between two of them
 * @param nextDue null unless the backup is started
 */
public record Plan(BackupStatus status, Duration interval, Instant nextDue) {
    /** Whether snapshots are taken. */
    public boolean isActive() {
        return status == BackupStatus.STARTED || status == BackupStatus.PROVISIONING;
    }
}
