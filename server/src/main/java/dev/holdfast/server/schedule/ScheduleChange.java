package dev.holdfast.server.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.http.JsonFields;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * What a PATCH of a schedule asks for, field by field as the body has it. Source: "Update the Snapshot Schedule" and the
 * table of "Get the Snapshot Schedule".
 */
final class ScheduleChange {
    private static final Set<Integer> INTERVALS = Set.of(6, 8, 12, 24);
    private static final Set<Integer> CHECKPOINTS = Set.of(15, 30, 60);
    private static final int BASE_DAYS = 5;
    private static final int BASE_DAYS_OF_DAILY = 30;
    private static final int MAX_WINDOW_HOURS = 8760;
    private static final int MINUTES_OF_DAY = 1440;

    private final Integer interval;
    private final Integer retention;
    private final Integer daily;
    private final Integer weekly;
    private final Integer monthly;
    private final Integer window;
    private final boolean noCheckpoints;
    private final Integer checkpoint;
    private final Integer hour;
    private final Integer minute;
    private final ZoneOffset offset;
    private final DayOfWeek fullDay;

    private ScheduleChange(JsonFields body, boolean noCheckpoints, boolean sharded) {
        this.noCheckpoints = noCheckpoints;
        this.interval = among(body, "snapshotIntervalHours", INTERVALS, ErrorCode.INVALID_SNAPSHOT_INTERVAL);
        this.retention = within(
                body, "snapshotRetentionDays", 1, BASE_DAYS_OF_DAILY, ErrorCode.INVALID_SNAPSHOT_RETENTION_PERIOD);
        this.daily =
                within(body, "dailySnapshotRetentionDays", 0, 365, ErrorCode.INVALID_DAILY_SNAPSHOT_RETENTION_PERIOD);
        this.weekly =
                within(body, "weeklySnapshotRetentionWeeks", 0, 52, ErrorCode.INVALID_WEEKLY_SNAPSHOT_RETENTION_PERIOD);
        this.monthly = within(
                body, "monthlySnapshotRetentionMonths", 0, 36, ErrorCode.INVALID_MONTHLY_SNAPSHOT_RETENTION_PERIOD);
        this.window =
                within(body, "pointInTimeWindowHours", 1, MAX_WINDOW_HOURS, ErrorCode.CANNOT_SET_POINT_IN_TIME_WINDOW);
        if (body.has("clusterCheckpointIntervalMin") && !sharded) {
            throw new Refusal(ErrorCode.CANNOT_SET_CLUSTER_CHECKPOINT_INTERVAL_FOR_REPLICA_SET);
        }
        this.checkpoint =
                among(body, "clusterCheckpointIntervalMin", CHECKPOINTS, ErrorCode.INVALID_CLUSTER_CHECKPOINT_INTERVAL);
        this.hour = within(body, "referenceHourOfDay", 0, 23, ErrorCode.INVALID_REFERENCE_HOUR_OF_DAY);
        this.minute = within(body, "referenceMinuteOfHour", 0, 59, ErrorCode.INVALID_REFERENCE_MINUTE_OF_HOUR);
        this.offset = offset(body.text("referenceTimeZoneOffset"));
        this.fullDay = body.constant("fullIncrementalDayOfWeek", DayOfWeek.class);
    }

    /** Reads a body. A null checkpoint interval ends the checkpoints; other nulls say nothing. */
    static ScheduleChange of(ObjectNode document, Cluster cluster) {
        JsonFields body = JsonFields.of(document);
        BodyIds.check(body, cluster);
        boolean none = document.has("clusterCheckpointIntervalMin")
                && document.get("clusterCheckpointIntervalMin").isNull();
        ScheduleChange change = new ScheduleChange(body, none, cluster.type().isSharded());
        body.ignore("links");
        body.refuseUnknown();
        return change;
    }

    /**
     * The schedule after the change. A reference time that is set is one of UTC from then on: the offset moves it there.
     *
     * @param shown hour and minute that the API shows of the schedule before, in minutes: a client that sends them back
     *     has not set them
     * @throws Refusal INVALID_SNAPSHOT_RETENTION_PERIOD for one that the interval does not allow
     */
    SnapshotSchedule applied(SnapshotSchedule before, int shown) {
        int hours = interval == null ? before.intervalHours() : interval;
        int days = retention == null ? before.retentionDays() : retention;
        if (days > BASE_DAYS && hours < 24) {
            throw new Refusal(ErrorCode.INVALID_SNAPSHOT_RETENTION_PERIOD);
        }
        int local = (hour == null ? shown / 60 : hour) * 60 + (minute == null ? shown % 60 : minute);
        int offsetMinutes = offset == null ? 0 : offset.getTotalSeconds() / 60;
        int reference = Math.floorMod(local - offsetMinutes, MINUTES_OF_DAY);
        boolean moved = reference != shown;
        Integer minutes = checkpoint == null ? before.checkpointMinutes() : checkpoint;
        return new SnapshotSchedule(
                hours,
                days,
                daily == null ? before.dailyDays() : daily,
                weekly == null ? before.weeklyWeeks() : weekly,
                monthly == null ? before.monthlyMonths() : monthly,
                window == null ? before.windowHours() : window,
                noCheckpoints ? null : minutes,
                moved ? reference : before.referenceMinute(),
                moved ? ZoneOffset.UTC : before.zone(),
                fullDay == null ? before.fullDay() : fullDay);
    }

    private static Integer among(JsonFields body, String name, Set<Integer> values, ErrorCode otherwise) {
        Long value = body.number(name);
        if (value == null) {
            return null;
        }
        if (value < 0 || value > Integer.MAX_VALUE || !values.contains(value.intValue())) {
            throw new Refusal(otherwise);
        }
        return value.intValue();
    }

    private static Integer within(JsonFields body, String name, int least, int most, ErrorCode otherwise) {
        Long value = body.number(name);
        if (value == null) {
            return null;
        }
        if (value < least || value > most) {
            throw new Refusal(otherwise);
        }
        return value.intValue();
    }

    private static ZoneOffset offset(String text) {
        if (text == null) {
            return null;
        }
        if (text.equals("Z") || text.matches("[+-][0-9]{4}")) {
            try {
                return ZoneOffset.of(text);
            } catch (DateTimeException e) {
                // more than 18 hours, or 60 minutes: refused below
            }
        }
        throw new Refusal(ErrorCode.INVALID_REFERENCE_TIMEZONE_OFFSET);
    }
}
