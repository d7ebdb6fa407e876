package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code snapshot_schedule}. */
final class ScheduleTable {
    private ScheduleTable() {}

    static void put(Handle tx, GroupId group, ClusterId cluster, SnapshotSchedule schedule) {
        tx.execute("DELETE FROM snapshot_schedule WHERE cluster_id = ?", cluster.hex());
        tx.execute(
                "INSERT INTO snapshot_schedule (cluster_id, group_id, interval_hours, retention_days, daily_days,"
                        + " weekly_weeks, monthly_months, window_hours, checkpoint_minutes, reference_minute, zone,"
                        + " full_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                cluster.hex(),
                group.hex(),
                schedule.intervalHours(),
                schedule.retentionDays(),
                schedule.dailyDays(),
                schedule.weeklyWeeks(),
                schedule.monthlyMonths(),
                schedule.windowHours(),
                schedule.checkpointMinutes(),
                schedule.referenceMinute(),
                schedule.zone().getId(),
                schedule.fullDay().name());
    }

    /** The default when there is none. */
    static SnapshotSchedule find(Handle handle, GroupId group, ClusterId cluster) {
        return handle.createQuery("SELECT * FROM snapshot_schedule WHERE cluster_id = ? AND group_id = ?")
                .bind(0, cluster.hex())
                .bind(1, group.hex())
                .map((row, context) -> schedule(row))
                .findOne()
                .orElse(SnapshotSchedule.DEFAULT);
    }

    /** Those of some projects that were ever set, by cluster. */
    static List<Map.Entry<ClusterId, SnapshotSchedule>> ofGroups(Handle handle, List<GroupId> groups) {
        return handle.createQuery("SELECT * FROM snapshot_schedule WHERE group_id IN (<groups>)")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> Map.entry(new ClusterId(row.getString("cluster_id")), schedule(row)))
                .list();
    }

    private static SnapshotSchedule schedule(ResultSet row) throws SQLException {
        int minutes = row.getInt("checkpoint_minutes");
        Integer checkpoint = row.wasNull() ? null : minutes;
        return new SnapshotSchedule(
                row.getInt("interval_hours"),
                row.getInt("retention_days"),
                row.getInt("daily_days"),
                row.getInt("weekly_weeks"),
                row.getInt("monthly_months"),
                row.getInt("window_hours"),
                checkpoint,
                row.getInt("reference_minute"),
                ZoneId.of(row.getString("zone")),
                DayOfWeek.valueOf(row.getString("full_day")));
    }
}
