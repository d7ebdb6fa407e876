package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.database.Chunks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Schedules and runs of many projects at once, for whoever shows them: a few statements, however many there are. */
public final class Plans {
    /** Of clusters of which nothing was ever said. */
    public static final Plan NONE =
            new Plan(BackupStatus.INACTIVE, Duration.ofHours(SnapshotSchedule.DEFAULT.intervalHours()), null);

    /** Every cluster's of which something was said. */
    public Map<ClusterId, Plan> of(Handle handle, Collection<GroupId> groups, Instant now) {
        Map<ClusterId, SnapshotSchedule> schedules = new HashMap<>();
        Chunks.of(groups, some -> ScheduleTable.ofGroups(handle, some))
                .forEach(found -> schedules.put(found.getKey(), found.getValue()));
        Map<ClusterId, Plan> plans = new HashMap<>();
        Chunks.of(groups, some -> BackupConfigTable.ofGroups(handle, some)).forEach(config -> {
            SnapshotSchedule schedule = schedules.getOrDefault(config.cluster(), SnapshotSchedule.DEFAULT);
            boolean started = config.status() == BackupStatus.STARTED;
            plans.put(
                    config.cluster(),
                    new Plan(
                            config.status(),
                            Duration.ofHours(schedule.intervalHours()),
                            started ? new DueTimes(schedule).next(now) : null));
        });
        return plans;
    }

    /** The snapshots that are being made, by cluster; of several the latest. Without their work. */
    public Map<ClusterId, SeenRun> running(Handle handle, Collection<GroupId> groups) {
        return latest(Chunks.of(groups, some -> RunTable.running(handle, some)));
    }

    /** The latest run of each cluster that failed. Without their work. */
    public Map<ClusterId, SeenRun> failed(Handle handle, Collection<GroupId> groups) {
        return latest(Chunks.of(groups, some -> RunTable.lastFailed(handle, some)));
    }

    /** The latest runs of a project, newest first, at most so many. */
    public List<SeenRun> newest(Handle handle, GroupId group, int most) {
        return RunTable.newest(handle, group, most).stream().map(SeenRun::of).toList();
    }

    /** How many runs of a project there are. */
    public long count(Handle handle, GroupId group) {
        return RunTable.count(handle, group);
    }

    /** The same runs with their work, in no order. */
    public List<SeenRun> withWork(Handle handle, List<SeenRun> runs) {
        return RunTable.all(handle, runs.stream().map(SeenRun::id).toList()).stream()
                .map(SeenRun::of)
                .toList();
    }

    private static Map<ClusterId, SeenRun> latest(List<SnapshotRun> oldestFirst) {
        Map<ClusterId, SeenRun> latest = new HashMap<>();
        oldestFirst.forEach(run -> latest.put(run.cluster(), SeenRun.of(run)));
        return latest;
    }
}
