package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * When snapshots of a cluster are taken and how long they are kept.
 *
 * @param clusterCheckpointIntervalMin of a sharded cluster; null while there are no checkpoints
 * @param fullIncrementalDayOfWeek SUNDAY to SATURDAY
 * @param referenceHourOfDay of the day in UTC, for {@code referenceTimeZoneOffset} is always +0000
 * @param snapshotIntervalHours 6, 8, 12 or 24
 */
public record SnapshotScheduleJson(
        Integer clusterCheckpointIntervalMin,
        String clusterId,
        int dailySnapshotRetentionDays,
        String fullIncrementalDayOfWeek,
        String groupId,
        List<Link> links,
        int monthlySnapshotRetentionMonths,
        int pointInTimeWindowHours,
        int referenceHourOfDay,
        int referenceMinuteOfHour,
        String referenceTimeZoneOffset,
        int snapshotIntervalHours,
        int snapshotRetentionDays,
        int weeklySnapshotRetentionWeeks) {}
