package dev.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.publicapi.SnapshotScheduleJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScheduleRoutesTest {
    private static final String UNKNOWN = "0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private Database database;
    private TestBackups all;
    private TestApi api;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, TestBackups.MIGRATIONS);
        all = new TestBackups(database);
        api = all.api();
        for (Cluster cluster : List.of(all.there.replicaSet, all.there.sharded)) {
            database.change(tx ->
                    BackupConfigTable.put(tx, all.configs.find(tx, cluster).with(BackupStatus.STARTED)));
        }
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void defaults_areTheDocumentedOnes() {
        Golden.check("snapshotSchedules/defaults", 200, api.get(path(all.there.replicaSet)));
        Golden.check("snapshotSchedules/shard", 200, api.get(path(all.there.shard0)));
        Golden.check("snapshotSchedules/unknown", 404, api.get(group() + "/" + UNKNOWN + "/snapshotSchedule"));
        Golden.check("snapshotSchedules/malformed", 404, api.get(group() + "/x/snapshotSchedule"));
        assertThat(api.get(path(all.there.csrs)).status()).isEqualTo(200);
    }

    @Test
    void everyField_isChanged_andTheReferenceTimeBecomesUtc() {
        String body = """
                {"groupId":"%s","clusterId":"%s","snapshotIntervalHours":"24","snapshotRetentionDays":30,
                 "dailySnapshotRetentionDays":0,"weeklySnapshotRetentionWeeks":52,"monthlySnapshotRetentionMonths":36,
                 "pointInTimeWindowHours":48,"clusterCheckpointIntervalMin":15,"referenceHourOfDay":1,
                 "referenceMinuteOfHour":15,"referenceTimeZoneOffset":"+0530","fullIncrementalDayOfWeek":"MONDAY"}""".formatted(all.group(), all.there.sharded.id());
        Golden.check("snapshotSchedules/patch-all", 200, api.patch(path(all.there.sharded), body));
        Golden.check("snapshotSchedules/patched", 200, api.get(path(all.there.sharded)));
    }

    @Test
    void aDocumentThatIsSentBack_changesNothing() {
        patch("{\"referenceHourOfDay\":23,\"referenceTimeZoneOffset\":\"-0230\",\"snapshotIntervalHours\":12}");
        SnapshotScheduleJson shown =
                (SnapshotScheduleJson) api.get(path(all.there.replicaSet)).document();
        assertThat(shown.referenceHourOfDay()).isEqualTo(1);
        assertThat(shown.referenceMinuteOfHour()).isEqualTo(30);
        String whole = new String(ApiJson.write(shown, false), StandardCharsets.UTF_8);
        assertThat(patch(whole).document()).isEqualTo(shown);
        // fields that are not sent keep their value
        assertThat(((SnapshotScheduleJson) patch("{\"referenceHourOfDay\":4}").document()).referenceMinuteOfHour())
                .isEqualTo(30);
    }

    @Test
    void aReferenceTimeOfAZone_isShownAsItIsToday_andStaysWhenItIsSentBack() {
        SnapshotSchedule berlin =
                new SnapshotSchedule(24, 2, 7, 4, 13, 24, null, 150, ZoneId.of("Europe/Berlin"), DayOfWeek.SUNDAY);
        database.change(tx -> ScheduleTable.put(tx, all.group(), all.there.replicaSet.id(), berlin));
        assertThat(patch("{\"referenceHourOfDay\":1,\"referenceMinuteOfHour\":30}")
                        .status())
                .isEqualTo(200);
        assertThat(all.configs.schedule(all.there.replicaSet)).isEqualTo(berlin);
        all.there.clock.advance(Duration.ofDays(150));
        SnapshotScheduleJson summer =
                (SnapshotScheduleJson) all.api().get(path(all.there.replicaSet)).document();
        assertThat(summer.referenceHourOfDay()).isZero();
    }

    @Test
    void boundsAreTheDocumentedOnes() {
        SoftAssertions each = new SoftAssertions();
        bounds(each, "snapshotIntervalHours", ErrorCode.INVALID_SNAPSHOT_INTERVAL, "6 8 12 24", "0 7 -6 48");
        bounds(each, "snapshotRetentionDays", ErrorCode.INVALID_SNAPSHOT_RETENTION_PERIOD, "1 2 5 30", "0 31 -1");
        bounds(
                each,
                "dailySnapshotRetentionDays",
                ErrorCode.INVALID_DAILY_SNAPSHOT_RETENTION_PERIOD,
                "0 1 365",
                "-1 366");
        bounds(
                each,
                "weeklySnapshotRetentionWeeks",
                ErrorCode.INVALID_WEEKLY_SNAPSHOT_RETENTION_PERIOD,
                "0 1 52",
                "-1 53");
        bounds(
                each,
                "monthlySnapshotRetentionMonths",
                ErrorCode.INVALID_MONTHLY_SNAPSHOT_RETENTION_PERIOD,
                "0 1 36",
                "-1 37 99999999999");
        bounds(each, "pointInTimeWindowHours", ErrorCode.CANNOT_SET_POINT_IN_TIME_WINDOW, "1 24 8760", "0 -1 8761");
        bounds(
                each,
                "clusterCheckpointIntervalMin",
                ErrorCode.INVALID_CLUSTER_CHECKPOINT_INTERVAL,
                "15 30 60",
                "0 1 45 4294967311");
        bounds(each, "referenceHourOfDay", ErrorCode.INVALID_REFERENCE_HOUR_OF_DAY, "0 23", "-1 24");
        bounds(each, "referenceMinuteOfHour", ErrorCode.INVALID_REFERENCE_MINUTE_OF_HOUR, "0 59", "-1 60");
        bounds(
                each,
                "referenceTimeZoneOffset",
                ErrorCode.INVALID_REFERENCE_TIMEZONE_OFFSET,
                "+0000 Z -1130 +1400",
                "0000 +00:00 UTC +2500 +0075 +1900");
        bounds(
                each,
                "fullIncrementalDayOfWeek",
                ErrorCode.INVALID_ENUM_VALUE,
                "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY",
                "monday SUN");
        each.assertAll();
        Golden.check("snapshotSchedules/patch-interval", 400, patch("{\"snapshotIntervalHours\":7}"));
        Golden.check("snapshotSchedules/patch-fraction", 400, patch("{\"snapshotIntervalHours\":6.5}"));
        Golden.check("snapshotSchedules/patch-retention", 400, patch("{\"snapshotRetentionDays\":0}"));
        Golden.check("snapshotSchedules/patch-offset", 400, patch("{\"referenceTimeZoneOffset\":\"CET\"}"));
    }

    @Test
    void manyDaysOfBase_areForOneSnapshotADay() {
        assertRefused(ErrorCode.INVALID_SNAPSHOT_RETENTION_PERIOD, "{\"snapshotRetentionDays\":6}");
        assertThat(patch("{\"snapshotRetentionDays\":6,\"snapshotIntervalHours\":24}")
                        .status())
                .isEqualTo(200);
        assertRefused(ErrorCode.INVALID_SNAPSHOT_RETENTION_PERIOD, "{\"snapshotIntervalHours\":12}");
    }

    @Test
    void checkpoints_areForShardedClusters_andNullEndsThem() {
        Golden.check(
                "snapshotSchedules/patch-checkpoint-replica-set", 400, patch("{\"clusterCheckpointIntervalMin\":15}"));
        assertThat(patch("{\"clusterCheckpointIntervalMin\":null}").status()).isEqualTo(200);
        String sharded = path(all.there.sharded);
        api.patch(sharded, "{\"clusterCheckpointIntervalMin\":60}");
        assertThat(((SnapshotScheduleJson) api.patch(sharded, "{}").document()).clusterCheckpointIntervalMin())
                .isEqualTo(60);
        Answer off = api.patch(sharded, "{\"clusterCheckpointIntervalMin\":null}");
        assertThat(((SnapshotScheduleJson) off.document()).clusterCheckpointIntervalMin())
                .isNull();
    }

    @Test
    void whatCannotBeChanged_isRefused() {
        Golden.check(
                "snapshotSchedules/patch-inactive",
                409,
                api.patch(path(all.there.shardedWithCsrs), "{\"snapshotRetentionDays\":3}"));
        Golden.check(
                "snapshotSchedules/patch-shard",
                409,
                api.patch(path(all.there.shard0), "{\"snapshotRetentionDays\":3}"));
        Golden.check("snapshotSchedules/patch-other-group", 400, patch("{\"groupId\":\"" + UNKNOWN + "\"}"));
        Golden.check("snapshotSchedules/patch-unknown", 400, patch("{\"snapshotIntervalMinutes\":6}"));
        for (String body : List.of(
                "",
                "[]",
                "{\"snapshotIntervalHours\":{}}",
                "{\"snapshotIntervalHours\":\"six\"}",
                "{\"referenceTimeZoneOffset\":5}",
                "{\"fullIncrementalDayOfWeek\":[]}")) {
            assertThat(patch(body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void aSnapshotOnDemand_isBegun_oneAtATime() {
        String path = "/api/public/v1.0/groups/" + all.group() + "/clusters/" + all.there.replicaSet.id()
                + "/snapshots/onDemandSnapshot";
        Golden.check("snapshots/on-demand-no-days", 400, api.post(path, null));
        for (String days : List.of("0", "-1", "x", "", "1.5", "3661", "99999999999", "1e3")) {
            assertThat(api.post(path + "?retentionDays=" + days, null).status())
                    .as(days)
                    .isEqualTo(400);
        }
        Golden.check("snapshots/on-demand-zero-days", 400, api.post(path + "?retentionDays=0", null));
        Golden.check("snapshots/on-demand", 200, api.post(path + "?retentionDays=5.0", null));
        all.there.clock.advance(Duration.ofSeconds(1));
        Golden.check("snapshots/on-demand-unfinished", 400, all.api().post(path + "?retentionDays=5", null));
        Golden.check(
                "snapshots/on-demand-inactive",
                409,
                api.post(
                        path.replace(
                                        all.there.replicaSet.id().hex(),
                                        all.there.shardedWithCsrs.id().hex()) + "?retentionDays=5",
                        null));
        Golden.check(
                "snapshots/on-demand-shard",
                409,
                api.post(
                        path.replace(
                                        all.there.replicaSet.id().hex(),
                                        all.there.shard0.id().hex()) + "?retentionDays=5",
                        null));
        assertThat(api.post(path.replace(all.there.replicaSet.id().hex(), UNKNOWN) + "?retentionDays=5", null)
                        .status())
                .isEqualTo(404);
    }

    /** Good values of a field, and bad ones with what they are answered. */
    private void bounds(SoftAssertions each, String field, ErrorCode code, String good, String bad) {
        String path = path(all.there.sharded);
        api.patch(path, "{\"snapshotIntervalHours\":24,\"snapshotRetentionDays\":2}");
        for (String value : good.split(" ")) {
            each.assertThat(api.patch(path, "{\"" + field + "\":\"" + value + "\"}")
                            .status())
                    .as(field + " " + value)
                    .isEqualTo(200);
            if (field.equals("snapshotRetentionDays")) {
                api.patch(path, "{\"snapshotRetentionDays\":2}");
            }
        }
        for (String value : bad.split(" ")) {
            Answer answer = api.patch(path, "{\"" + field + "\":\"" + value + "\"}");
            each.assertThat(answer.status()).as(field + " " + value).isEqualTo(code.status());
            if (answer.document() instanceof ErrorJson error) {
                each.assertThat(error.errorCode()).as(field + " " + value).isEqualTo(code.name());
            }
        }
    }

    private void assertRefused(ErrorCode code, String body) {
        assertThat(((ErrorJson) patch(body).document()).errorCode()).as(body).isEqualTo(code.name());
    }

    private Answer patch(String body) {
        return api.patch(path(all.there.replicaSet), body);
    }

    private String group() {
        return "/api/public/v1.0/groups/" + all.group() + "/backupConfigs";
    }

    private String path(Cluster cluster) {
        return group() + "/" + cluster.id() + "/snapshotSchedule";
    }
}
