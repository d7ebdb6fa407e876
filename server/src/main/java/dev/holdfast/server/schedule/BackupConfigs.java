package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The backups of clusters and their schedules. A member of a sharded cluster shows what its whole has. */
public final class BackupConfigs {
    /** Where this room's migrations are. */
    public static final String MIGRATIONS = "dev/holdfast/server/schedule/migrations";

    private final Database database;
    private final Clusters clusters;
    private final Hosts hosts;

    /** Does no I/O. */
    public BackupConfigs(Database database, Clusters clusters, Hosts hosts) {
        this.database = database;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    /** A backup as a cluster shows it; {@code version} is that of its hosts, null when unknown. */
    record Shown(Cluster cluster, BackupConfig config, String version) {}

    /** Those of all clusters that are monitored or backed up, in the order of the clusters. */
    List<Shown> list(GroupId group) {
        return database.read(handle -> {
            Map<ClusterId, BackupConfig> there = BackupConfigTable.ofGroup(handle, group).stream()
                    .collect(Collectors.toMap(BackupConfig::cluster, config -> config, (a, b) -> a, HashMap::new));
            List<Cluster> all = clusters.list(handle, group);
            List<Host> known = hosts.list(handle, group);
            List<Shown> shown = new ArrayList<>();
            for (Cluster cluster : all) {
                ClusterId owner = owner(cluster);
                BackupConfig config = there.getOrDefault(owner, BackupConfig.of(group, owner));
                List<Host> own =
                        known.stream().filter(host -> isOf(host, cluster, all)).toList();
                if (!own.isEmpty() || config.status() != BackupStatus.INACTIVE) {
                    shown.add(new Shown(cluster, config, version(own)));
                }
            }
            return shown;
        });
    }

    /**
     * That of a cluster.
     *
     * @throws Refusal CANNOT_GET_BACKUP_CONFIG_INVALID_STATE if no host of it is known and it was never started
     */
    Shown require(Cluster cluster) {
        List<Host> own = hosts.list(cluster.groupId(), cluster.id());
        BackupConfig config = database.read(handle -> find(handle, cluster));
        if (own.isEmpty() && config.status() == BackupStatus.INACTIVE) {
            throw new Refusal(ErrorCode.CANNOT_GET_BACKUP_CONFIG_INVALID_STATE)
                    .saying("Cluster " + cluster.id() + " is not monitored: no host of it is known.");
        }
        return new Shown(cluster, config, version(own));
    }

    /**
     * Changes a backup.
     *
     * @throws Refusal CANNOT_MODIFY_SHARD_BACKUP_CONFIG; those of {@link BackupConfigChange#applied}
     */
    BackupConfig change(Cluster cluster, BackupConfigChange change) {
        return database.write(tx -> {
            requireOwner(cluster);
            clusters.hold(tx, cluster.groupId());
            BackupConfig changed = change.applied(find(tx, cluster));
            BackupConfigTable.put(tx, changed);
            return changed;
        });
    }

    /** The schedule of a cluster, of a member that of its whole. */
    SnapshotSchedule schedule(Cluster cluster) {
        return database.read(handle -> ScheduleTable.find(handle, cluster.groupId(), owner(cluster)));
    }

    /**
     * Changes a schedule; snapshots that there are keep their time.
     *
     * @throws Refusal CANNOT_MODIFY_SHARD_BACKUP_CONFIG, CANNOT_GET_BACKUP_CONFIG_INVALID_STATE while the backup is
     *     INACTIVE, those of {@link ScheduleChange#applied}
     */
    SnapshotSchedule change(Cluster cluster, ScheduleChange change, Instant now) {
        return database.write(tx -> {
            requireOwner(cluster);
            clusters.hold(tx, cluster.groupId());
            requireActive(tx, cluster);
            SnapshotSchedule before = ScheduleTable.find(tx, cluster.groupId(), cluster.id());
            SnapshotSchedule changed = change.applied(before, minuteInUtc(before, now));
            ScheduleTable.put(tx, cluster.groupId(), cluster.id(), changed);
            return changed;
        });
    }

    /** Whether anything of a project is being backed up. */
    public boolean anyActive(Handle tx, GroupId group) {
        return BackupConfigTable.anyActive(tx, group);
    }

    /** Forgets the backups of a project that is no more. */
    public void forget(Handle tx, GroupId group) {
        tx.execute("DELETE FROM backup_config WHERE group_id = ?", group.hex());
        tx.execute("DELETE FROM snapshot_schedule WHERE group_id = ?", group.hex());
        RunTable.deleteAll(tx, group);
    }

    /** The backup of a cluster, of a member that of its whole. */
    BackupConfig find(Handle handle, Cluster cluster) {
        ClusterId owner = owner(cluster);
        return BackupConfigTable.find(handle, cluster.groupId(), owner)
                .orElse(BackupConfig.of(cluster.groupId(), owner));
    }

    /** Refuses a backup that was not started: CANNOT_GET_BACKUP_CONFIG_INVALID_STATE. */
    void requireActive(Handle tx, Cluster cluster) {
        if (find(tx, cluster).status() == BackupStatus.INACTIVE) {
            throw new Refusal(ErrorCode.CANNOT_GET_BACKUP_CONFIG_INVALID_STATE)
                    .saying("The backup of cluster " + cluster.id() + " is INACTIVE. Start it first.");
        }
    }

    /** Refuses a member of a sharded cluster. */
    static void requireOwner(Cluster cluster) {
        if (cluster.parent() != null) {
            throw new Refusal(
                    ErrorCode.CANNOT_MODIFY_SHARD_BACKUP_CONFIG,
                    cluster.parent().hex());
        }
    }

    /** The reference time on the day of {@code now}, in minutes from midnight UTC: what the API shows of it. */
    static int minuteInUtc(SnapshotSchedule schedule, Instant now) {
        ZonedDateTime reference = now.atZone(schedule.zone())
                .toLocalDate()
                .atStartOfDay()
                .plusMinutes(schedule.referenceMinute())
                .atZone(schedule.zone())
                .withZoneSameInstant(ZoneOffset.UTC);
        return reference.getHour() * 60 + reference.getMinute();
    }

    private static ClusterId owner(Cluster cluster) {
        return cluster.parent() == null ? cluster.id() : cluster.parent();
    }

    private static boolean isOf(Host host, Cluster cluster, List<Cluster> all) {
        if (cluster.id().equals(host.clusterId())) {
            return true;
        }
        Optional<Cluster> of =
                all.stream().filter(one -> one.id().equals(host.clusterId())).findFirst();
        return of.filter(member -> cluster.id().equals(member.parent())).isPresent();
    }

    private static String version(List<Host> hosts) {
        return hosts.stream()
                .map(Host::version)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
