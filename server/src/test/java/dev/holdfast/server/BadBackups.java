package dev.holdfast.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests about backups, schedules and snapshots on demand in which one thing is wrong. */
final class BadBackups {
    private static final List<String> NO_NUMBERS =
            List.of("true", "[]", "{}", "\"\"", "\"six\"", "6.5", "\"1e1\"", "\"\\u0666\"");
    private static final List<String> NO_TEXTS = List.of("1", "true", "[]", "{}");

    private final List<AbuseCase> cases = new ArrayList<>();
    private final WiredProject ours;
    private final WiredProject theirs;

    BadBackups(WiredServer server) {
        this.ours = server.ours;
        this.theirs = server.theirs;
    }

    /** The backup of our replica set must be STARTED for what is said of schedules. */
    List<AbuseCase> cases() {
        String group = WiredServer.API + "/groups/{}/backupConfigs";
        String own = ours.replicaSet.id().hex();
        for (String rest : List.of("", "/" + own, "/" + own + "/snapshotSchedule")) {
            BadPaths.add(
                    cases,
                    group + rest,
                    ours.group.id().hex(),
                    theirs.group.id().hex(),
                    "INVALID_GROUP_ID",
                    "NOT_IN_GROUP");
        }
        for (String rest : List.of("", "/snapshotSchedule")) {
            BadPaths.add(
                    cases,
                    ours.path() + "/backupConfigs/{}" + rest,
                    own,
                    theirs.replicaSet.id().hex(),
                    "INVALID_CLUSTER_ID",
                    "BACKUP_CONFIG_NOT_FOUND");
        }
        String config = ours.path() + "/backupConfigs/" + own;
        String schedule = config + "/snapshotSchedule";
        for (String path : List.of(config, schedule)) {
            syntax(path);
            patch(path, "groupId", List.of("\"" + theirs.group.id() + "\"", "\"\"", "\"null\""), "GROUP_MISMATCH");
            patch(path, "clusterId", List.of("\"" + ours.sharded.id() + "\"", "\"\""), "INVALID_ATTRIBUTE");
            patch(path, "groupId", NO_TEXTS, "INVALID_JSON_ATTRIBUTE");
            patch(path, "clusterid", List.of("1", "null", "\"" + own + "\""), "INVALID_ATTRIBUTE");
            patch(path, "' OR 1=1--", List.of("1"), "INVALID_ATTRIBUTE");
            for (String method : List.of("POST", "PUT", "DELETE")) {
                cases.add(new AbuseCase("method", method, path, new byte[0], null, "405"));
            }
        }
        configs(config);
        schedules(schedule);
        onDemand(ours.path(ours.replicaSet) + "/snapshots/onDemandSnapshot");
        return cases;
    }

    private void configs(String path) {
        patch(path, "statusName", NO_TEXTS, "INVALID_JSON_ATTRIBUTE");
        patch(path, "statusName", List.of("\"started\"", "\"\"", "\"ON\"", "\"STARTED \""), "INVALID_ENUM_VALUE");
        patch(path, "statusName", List.of("\"INACTIVE\"", "\"PROVISIONING\""), "UNSUPPORTED_SET_BACKUP_STATE");
        patch(path, "statusName", List.of("\"STARTED\""), "CANNOT_START_BACKUP_INVALID_STATE");
        patch(path, "statusName", List.of("\"TERMINATING\""), "CANNOT_TERMINATE_BACKUP_INVALID_STATE");
        for (String name : List.of("storageEngineName", "username", "password", "syncSource", "authMechanismName")) {
            patch(path, name, NO_TEXTS, "INVALID_JSON_ATTRIBUTE");
        }
        patch(path, "storageEngineName", List.of("\"wiredTiger\"", "\"\""), "INVALID_ENUM_VALUE");
        patch(
                path,
                "authMechanismName",
                List.of("\"none\"", "\"\"", "\"" + "x".repeat(999) + "\""),
                "INVALID_AUTH_MECHANISM");
        for (String name : List.of("username", "syncSource")) {
            patch(
                    path,
                    name,
                    List.of("\"\"", "\" \"", "\"a\\u0001\"", "\"" + "x".repeat(256) + "\""),
                    "INVALID_ATTRIBUTE");
        }
        for (String name : List.of("sslEnabled", "encryptionEnabled")) {
            patch(path, name, List.of("1", "\"yes\"", "\"\"", "[]", "{}", "\"TRUE\""), "INVALID_JSON_ATTRIBUTE");
        }
        for (String name : List.of("excludedNamespaces", "includedNamespaces")) {
            patch(path, name, List.of("1", "\"a\"", "{}", "[1]", "[null]", "[[]]"), "INVALID_JSON_ATTRIBUTE");
            patch(path, name, List.of("[\"\"]", "[\"" + "x".repeat(256) + "\"]", "[\"a\\n\"]"), "INVALID_ATTRIBUTE");
        }
        patch(path, "provisioned", List.of("true", "null", "1"), "ATTRIBUTE_READ_ONLY");
    }

    private void schedules(String path) {
        for (String name : List.of(
                "snapshotIntervalHours",
                "snapshotRetentionDays",
                "dailySnapshotRetentionDays",
                "weeklySnapshotRetentionWeeks",
                "monthlySnapshotRetentionMonths",
                "pointInTimeWindowHours",
                "referenceHourOfDay",
                "referenceMinuteOfHour")) {
            patch(path, name, NO_NUMBERS, "INVALID_JSON_ATTRIBUTE");
            patch(path, name, List.of("9223372036854775808", "1e300", "\"99999999999999999999\""), "INVALID_ATTRIBUTE");
        }
        patch(path, "snapshotIntervalHours", bad("7"), "INVALID_SNAPSHOT_INTERVAL");
        patch(path, "snapshotRetentionDays", bad("0"), "INVALID_SNAPSHOT_RETENTION_PERIOD");
        patch(path, "dailySnapshotRetentionDays", bad("366"), "INVALID_DAILY_SNAPSHOT_RETENTION_PERIOD");
        patch(path, "weeklySnapshotRetentionWeeks", bad("53"), "INVALID_WEEKLY_SNAPSHOT_RETENTION_PERIOD");
        patch(path, "monthlySnapshotRetentionMonths", bad("37"), "INVALID_MONTHLY_SNAPSHOT_RETENTION_PERIOD");
        patch(path, "pointInTimeWindowHours", bad("8761"), "CANNOT_SET_POINT_IN_TIME_WINDOW");
        patch(path, "referenceHourOfDay", bad("24"), "INVALID_REFERENCE_HOUR_OF_DAY");
        patch(path, "referenceMinuteOfHour", bad("60"), "INVALID_REFERENCE_MINUTE_OF_HOUR");
        patch(
                path,
                "clusterCheckpointIntervalMin",
                bad("15"),
                "CANNOT_SET_CLUSTER_CHECKPOINT_INTERVAL_FOR_REPLICA_SET");
        patch(path, "referenceTimeZoneOffset", NO_TEXTS, "INVALID_JSON_ATTRIBUTE");
        patch(
                path,
                "referenceTimeZoneOffset",
                List.of(
                        "\"\"",
                        "\"CET\"",
                        "\"+01:00\"",
                        "\"+1\"",
                        "\"+1900\"",
                        "\"-0060\"",
                        "\"" + "+".repeat(999) + "\""),
                "INVALID_REFERENCE_TIMEZONE_OFFSET");
        patch(path, "fullIncrementalDayOfWeek", NO_TEXTS, "INVALID_JSON_ATTRIBUTE");
        patch(
                path,
                "fullIncrementalDayOfWeek",
                List.of("\"\"", "\"sunday\"", "\"SUN\"", "\"0\""),
                "INVALID_ENUM_VALUE");
    }

    private void onDemand(String path) {
        // the owner of a project is nobody in the whole installation; that it is told before anything else
        for (String query : List.of("", "?retentionDays=0", "?retentionDays=x", "?retentionDays=5")) {
            cases.add(AbuseCase.post("on demand" + query, path + query, "{}", "USER_UNAUTHORIZED"));
        }
    }

    private static List<String> bad(String beyond) {
        return List.of(beyond, "\"" + beyond + "\"", "-1", "2147483648", "4294967302");
    }

    private void syntax(String path) {
        for (String body : List.of("", "null", "7", "[]", "{", "{}}", "{\"a\":1,\"a\":2}", "{a:1}", "[".repeat(999))) {
            cases.add(of(path, body, "INVALID_JSON"));
        }
        cases.add(new AbuseCase("type", "PATCH", path, "{}".getBytes(StandardCharsets.UTF_8), "text/plain", "415"));
    }

    private void patch(String path, String name, List<String> values, String expected) {
        for (String value : values) {
            cases.add(of(path, "{\"" + name + "\":" + value + "}", expected));
        }
    }

    private static AbuseCase of(String path, String body, String expected) {
        return new AbuseCase(
                "bad body", "PATCH", path, body.getBytes(StandardCharsets.UTF_8), "application/json", expected);
    }
}
