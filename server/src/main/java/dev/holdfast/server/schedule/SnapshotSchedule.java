package dev.holdfast.server.schedule;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When snapshots are due and how long they are kept. Retentions of 0 mean that there is no such class.
 *
 * @param intervalHours 6, 8, 12 or 24
 * @param windowHours how far back a point in time may lie
 * @param checkpointMinutes 15, 30 or 60; null for no checkpoints
 * @param referenceMinute minutes from midnight in {@code zone}; one snapshot of each day is due then
 * @param zone where the reference time is a time of the clock on the wall
 * @param fullDay the day that weeks begin with
 */
record SnapshotSchedule(
        int intervalHours,
        int retentionDays,
        int dailyDays,
        int weeklyWeeks,
        int monthlyMonths,
        int windowHours,
        Integer checkpointMinutes,
        int referenceMinute,
        ZoneId zone,
        DayOfWeek fullDay) {
    /** The documented defaults. */
    static final SnapshotSchedule DEFAULT =
            new SnapshotSchedule(6, 2, 7, 4, 13, 24, null, 0, ZoneOffset.UTC, DayOfWeek.SUNDAY);
}
