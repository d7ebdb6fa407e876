package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.BackupConfigJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.SnapshotScheduleJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.schedule.BackupConfigs.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Backups and their schedules. Source: "Backup Configurations" and "Snapshot Schedule" of the Public API. */
public final class BackupConfigRoutes implements Routes {
    private static final String CONFIGS = "/api/public/v1.0/groups/{groupId}/backupConfigs";
    private static final String ONE = CONFIGS + "/{clusterId}";
    private static final String SCHEDULE = ONE + "/snapshotSchedule";

    private final Groups groups;
    private final Clusters clusters;
    private final BackupConfigs configs;

    /** Does no I/O. */
    public BackupConfigRoutes(Groups groups, Clusters clusters, BackupConfigs configs) {
        this.groups = groups;
        this.clusters = clusters;
        this.configs = configs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", CONFIGS, Need.READ, this::list);
        table.add("GET", ONE, Need.READ, this::one);
        table.addListed("PATCH", ONE, Need.BACKUP, this::change);
        table.add("GET", SCHEDULE, Need.READ, this::schedule);
        table.addListed("PATCH", SCHEDULE, Need.BACKUP, this::changeSchedule);
    }

    private Answer list(Call call) {
        Paging paging = Paging.of(call);
        List<BackupConfigJson> all = configs.list(groups.require(call.group()).id()).stream()
                .map(shown -> document(shown, List.of(Link.self(address(call, shown.cluster())))))
                .toList();
        return Answer.ok(paging.slice(call, all));
    }

    private Answer one(Call call) {
        return Answer.ok(alone(call, configs.require(cluster(call))));
    }

    private Answer change(Call call) {
        Cluster cluster = cluster(call);
        BackupConfigChange change = BackupConfigChange.of(JsonFields.of(call), cluster);
        Shown before = configs.require(cluster);
        BackupConfig changed = configs.change(cluster, change);
        BackupConfigJson document = alone(call, new Shown(cluster, changed, before.version()));
        // what a new state means comes about later, and the documentation says so with this status
        return change.status() == null ? Answer.ok(document) : new Answer(202, document, Map.of());
    }

    private Answer schedule(Call call) {
        Cluster cluster = cluster(call);
        configs.require(cluster);
        return Answer.ok(document(call, cluster, configs.schedule(cluster)));
    }

    private Answer changeSchedule(Call call) {
        Cluster cluster = cluster(call);
        ScheduleChange change = ScheduleChange.of(call.body(), cluster);
        configs.require(cluster);
        return Answer.ok(document(call, cluster, configs.change(cluster, change, call.now())));
    }

    private BackupConfigJson alone(Call call, Shown shown) {
        String address = address(call, shown.cluster());
        return document(
                shown,
                List.of(
                        Link.self(address),
                        Link.related("cluster", cluster(call, shown.cluster())),
                        Link.related("group", group(call, shown.cluster())),
                        Link.related("snapshotSchedule", address + "/snapshotSchedule")));
    }

    private static BackupConfigJson document(Shown shown, List<Link> links) {
        BackupConfig config = shown.config();
        return new BackupConfigJson(
                config.auth().text(),
                shown.cluster().id().hex(),
                config.encryption(),
                config.excluded(),
                config.group().hex(),
                config.included(),
                links,
                config.ssl(),
                config.status().name(),
                config.storageEngine() == null ? usual(shown.version()) : config.storageEngine(),
                config.username());
    }

    /** The engine that mongod of that version uses unless told otherwise; null when the version is not known. */
    private static String usual(String version) {
        if (version == null || !version.matches("[0-9]{1,4}\\.[0-9]{1,4}(\\..*)?")) {
            return null;
        }
        String[] numbers = version.split("\\.");
        int major = Integer.parseInt(numbers[0]);
        boolean since32 = major > 3 || major == 3 && Integer.parseInt(numbers[1]) >= 2;
        return since32 ? "WIRED_TIGER" : "MEMORY_MAPPED";
    }

    private static SnapshotScheduleJson document(Call call, Cluster cluster, SnapshotSchedule schedule) {
        Instant now = call.now();
        int reference = BackupConfigs.minuteInUtc(schedule, now);
        String address = address(call, cluster);
        return new SnapshotScheduleJson(
                cluster.type().isSharded() ? schedule.checkpointMinutes() : null,
                cluster.id().hex(),
                schedule.dailyDays(),
                schedule.fullDay().name(),
                cluster.groupId().hex(),
                List.of(
                        Link.self(address + "/snapshotSchedule"),
                        Link.related("cluster", cluster(call, cluster)),
                        Link.related("group", group(call, cluster)),
                        Link.related("backupConfig", address)),
                schedule.monthlyMonths(),
                schedule.windowHours(),
                reference / 60,
                reference % 60,
                "+0000",
                schedule.intervalHours(),
                schedule.retentionDays(),
                schedule.weeklyWeeks());
    }

    private Cluster cluster(Call call) {
        GroupId group = groups.require(call.group()).id();
        String text = call.pathParameter("clusterId");
        return ClusterId.parse(text)
                .map(id -> clusters.find(group, id)
                        .orElseThrow(() -> new Refusal(ErrorCode.BACKUP_CONFIG_NOT_FOUND, id.hex(), group.hex())))
                .orElseThrow(() -> new Refusal(ErrorCode.INVALID_CLUSTER_ID, text));
    }

    private static String group(Call call, Cluster cluster) {
        return call.apiUrl() + "/groups/" + cluster.groupId();
    }

    private static String cluster(Call call, Cluster cluster) {
        return group(call, cluster) + "/clusters/" + cluster.id();
    }

    private static String address(Call call, Cluster cluster) {
        return group(call, cluster) + "/backupConfigs/" + cluster.id();
    }
}
