package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestoreJobRoutesTest {
    private static final Instant NOW = Instant.parse("2016-03-04T22:07:27.5Z");
    private static final String UNKNOWN = "0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private Database database;
    private TestDeployment there;
    private MemorySnapshots snapshots;
    private MemoryLinks links;
    private RestoreJobs jobs;
    private TestApi api;
    private String group;
    private String host;
    private String sharded;
    private String replicaSet;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, RestoreJobContract.MIGRATIONS);
        there = new TestDeployment(database);
        snapshots = new MemorySnapshots(there);
        links = new MemoryLinks();
        jobs = new RestoreJobs(database, snapshots, links, RestoreJobContract.restores(database, there), there.ids);
        api = apiAt(NOW);
        group = "/api/public/v1.0/groups/" + there.group.id();
        host = group + "/hosts/" + there.mirrors.get(0).id() + "/restoreJobs";
        sharded = group + "/clusters/" + there.sharded.id() + "/restoreJobs";
        replicaSet = group + "/clusters/" + there.replicaSet.id() + "/restoreJobs";
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void hostJob_ofABatch_fromReadyToDownloadedToBroken() {
        RestoreJob job = batch().get(0);
        Golden.check("restorejobs/host-one", 200, api.get(host + "/" + job.id() + "?pretty=true"));
        links.downloaded(job.id(), false);
        Golden.check("restorejobs/host-one-downloaded", 200, api.get(host + "/" + job.id()));
        links.downloaded(job.id(), true);
        Golden.check("restorejobs/host-one-used-up", 200, api.get(host + "/" + job.id()));
        links.damaged(job.id());
        Golden.check("restorejobs/host-one-broken", 200, api.get(host + "/" + job.id()));
    }

    @Test
    void hostJob_isNeverReadyAfterItsTime() {
        RestoreJob job = batch().get(0);
        Golden.check(
                "restorejobs/host-one-expired",
                200,
                apiAt(job.terms().expires()).get(host + "/" + job.id()));
    }

    @Test
    void hostJobs() {
        Golden.check("restorejobs/host-list-empty", 200, api.get(host));
        batch();
        jobs.create(
                there.mirrors.get(0), snapshots.ofSharded().id(), DeliveryTerms.within(1, 1, NOW), NOW.plusSeconds(60));
        Golden.check("restorejobs/host-list", 200, api.get(host));
        Golden.check("restorejobs/host-list-page", 200, api.get(host + "?pageNum=2&itemsPerPage=1"));
    }

    @Test
    void hostJobs_ofAnotherMirror_areNone() {
        batch();
        String other = group + "/hosts/" + there.mirrors.get(1).id() + "/restoreJobs";
        Golden.check("restorejobs/host-list-other-mirror", 200, api.get(other));
    }

    @Test
    void hostJob_says_whatIsMissing() {
        RestoreJob job = batch().get(0);
        String other = group + "/hosts/" + there.mirrors.get(1).id() + "/restoreJobs";
        String member = group + "/hosts/" + there.member.id() + "/restoreJobs";
        String nobody = group + "/hosts/0123456789abcdef0123456789abcdef/restoreJobs";
        Golden.check("restorejobs/host-one-unknown", 404, api.get(host + "/" + UNKNOWN));
        Golden.check("restorejobs/host-one-malformed", 404, api.get(host + "/" + UNKNOWN.toUpperCase()));
        Golden.check("restorejobs/host-one-other-mirror", 404, api.get(other + "/" + job.id()));
        Golden.check("restorejobs/not-config-server", 404, api.get(member + "/" + job.id()));
        Golden.check("restorejobs/not-config-server", 404, api.get(member));
        Golden.check("restorejobs/not-config-server", 404, api.post(member, "{}"));
        Golden.check("restorejobs/host-unknown", 404, api.get(nobody + "/" + job.id()));
        Golden.check("restorejobs/host-unknown", 404, api.get(nobody + "/x"));
        Golden.check("restorejobs/host-malformed", 404, api.get(group + "/hosts/" + UNKNOWN + "/restoreJobs/x"));
    }

    @Test
    void everyPath_saysSo_whenAGlobalKeyNamesAnUnknownProject() {
        RestoreJob job = batch().get(0);
        TestApi global = new TestApi(TestCaller.global(), NOW, routes());
        String unknown = "/api/public/v1.0/groups/" + UNKNOWN;
        for (String path : List.of(host, sharded)) {
            String there = unknown + path.substring(group.length());
            Golden.check("groups/unknown", 404, global.get(there));
            Golden.check("groups/unknown", 404, global.get(there + "/" + job.id()));
            Golden.check("groups/unknown", 404, global.post(there, "{}"));
        }
    }

    @Test
    void clusterJobs() {
        batch();
        List<RestoreJob> batch = batch();
        String id = batch.get(0).batchId().hex();
        Golden.check("restorejobs/sharded-list", 200, api.get(sharded + "?itemsPerPage=4"));
        Golden.check("restorejobs/sharded-list-batch", 200, api.get(sharded + "?batchId=" + id));
        for (String name : List.of("batchid", "BATCH-ID")) {
            assertThat(results(sharded + "?" + name + "=" + id)).isEqualTo(results(sharded + "?batchId=" + id));
        }
        assertThat(results(sharded + "?batchId=" + UNKNOWN)).isEmpty();
        Golden.check("restorejobs/sharded-list-batch-malformed", 400, api.get(sharded + "?batchId=x"));
        Golden.check(
                "restorejobs/sharded-one-config",
                200,
                api.get(sharded + "/" + batch.get(0).id()));
        Golden.check(
                "restorejobs/sharded-one-shard",
                200,
                api.get(sharded + "/" + batch.get(1).id()));
        String shard = group + "/clusters/" + there.shard1.id() + "/restoreJobs";
        Golden.check("restorejobs/shard-list", 200, api.get(shard));
        Golden.check(
                "restorejobs/shard-one", 200, api.get(shard + "/" + batch.get(1).id()));
        Golden.check(
                "restorejobs/shard-one-of-other",
                404,
                api.get(shard + "/" + batch.get(2).id()));
    }

    @Test
    void clusterJob_says_whatIsMissing() {
        Golden.check("restorejobs/cluster-one-unknown", 404, api.get(sharded + "/" + UNKNOWN));
        Golden.check("restorejobs/cluster-one-malformed", 404, api.get(sharded + "/x"));
        Golden.check("restorejobs/cluster-unknown", 404, api.get(group + "/clusters/" + UNKNOWN + "/restoreJobs/x"));
        Golden.check("restorejobs/cluster-malformed", 404, api.get(group + "/clusters/x/restoreJobs"));
    }

    @Test
    void csrsJob_hasAClusterId_andItsKey() {
        String csrs = group + "/clusters/" + there.csrs.id() + "/restoreJobs";
        Golden.check("restorejobs/post-csrs", 200, api.post(csrs, body(snapshots.ofCsrs())));
    }

    @Test
    void post_onAReplicaSet_answersAListOfOne() {
        Golden.check("restorejobs/post-replica-set", 200, api.post(replicaSet, body(snapshots.ofReplicaSet())));
        assertThat(results(replicaSet)).hasSize(1);
    }

    @Test
    void post_onAShardedCluster_answersABatch() {
        Golden.check(
                "restorejobs/post-sharded",
                200,
                api.post(
                        sharded,
                        body(
                                snapshots.ofSharded(),
                                "{\"methodName\":\"HTTP\",\"maxDownloads\":\"3\",\"expirationHours\":24.0}")));
    }

    @Test
    void post_onAShardAlone_restoresThatPart_ofTheClustersSnapshot() {
        String shard = group + "/clusters/" + there.shard0.id() + "/restoreJobs";
        Golden.check("restorejobs/post-shard", 200, api.post(shard, body(snapshots.ofSharded())));
        assertThat(results(sharded))
                .as("it is shown under the sharded cluster too")
                .hasSize(1);
    }

    @Test
    void post_onAHost_answersTheEntity_andItselfInResults() {
        Golden.check("restorejobs/post-host", 200, api.post(host, body(snapshots.ofSharded())));
    }

    @Test
    void post_onAHost_acceptsTheDocumentationsOwnRequest() {
        Golden.check(
                "restorejobs/post-host-documented",
                200,
                api.post(
                        host,
                        body(
                                snapshots.ofSharded(),
                                "{\"methodName\":\"HTTP\",\"statusName\":\"READY\",\"url\":\"https://x\","
                                        + "\"maxDownloads\":1,\"expirationHours\":1,"
                                        + "\"expires\":\"2016-03-05T22:07:28Z\"}")));
    }

    @Test
    void post_onAHost_needsOnlyItsOwnPart() {
        Snapshot snapshot = snapshots.ofSharded(false, true);
        assertThat(api.post(host, body(snapshot)).status()).isEqualTo(200);
        refuses("incomplete", 409, sharded, body(snapshot));
        refuses("incomplete", 409, host, body(snapshots.ofSharded(true, false)));
        refuses("incomplete", 409, group + "/clusters/" + there.shard0.id() + "/restoreJobs", body(snapshot));
    }

    @Test
    void post_refusesASnapshotThatIsNotThere() {
        refuses("cluster-snapshot-unknown", 404, sharded, "{\"snapshotId\":\"" + UNKNOWN + "\"}");
        refuses("host-snapshot-unknown", 404, host, "{\"snapshotId\":\"" + UNKNOWN + "\"}");
        refuses("snapshot-malformed", 404, host, "{\"snapshotId\":\"x\"}");
        refuses("cluster-snapshot-of-other", 404, sharded, body(snapshots.ofReplicaSet()));
        refuses("host-snapshot-of-other", 404, host, body(snapshots.ofReplicaSet()));
        String other = group + "/hosts/" + there.mirrors.get(1).id() + "/restoreJobs";
        refuses("host-snapshot-of-other-mirror", 404, other, body(snapshots.ofSharded()));
        refuses("deleted", 409, host, body(snapshots.deleted(snapshots.ofSharded())));
        refuses("deleted", 409, replicaSet, body(snapshots.deleted(snapshots.ofReplicaSet())));
        refuses("deleted-cluster", 409, sharded, body(snapshots.deleted(snapshots.ofSharded())));
    }

    @Test
    void post_refusesALinkThatOutlivesTheSnapshot() {
        Duration left = Duration.between(NOW, MemorySnapshots.EXPIRES);
        Snapshot snapshot = snapshots.ofSharded();
        assertThat(api.post(host, body(snapshot, "{\"expirationHours\":" + left.toHours() + "}"))
                        .status())
                .isEqualTo(200);
        refuses("beyond-snapshot", 409, host, body(snapshot, "{\"expirationHours\":" + (left.toHours() + 1) + "}"));
        refuses("beyond-snapshot", 409, sharded, body(snapshot, "{\"expires\":\"2016-03-22T23:51:31Z\"}"));
        Snapshot kept = snapshots.kept(snapshots.ofSharded());
        assertThat(api.post(host, body(kept, "{\"expirationHours\":876000}")).status())
                .isEqualTo(200);
    }

    @Test
    void post_refusesWhatIsWrongInTheBody() {
        Snapshot snapshot = snapshots.ofSharded();
        refuses("no-snapshot", 400, host, "{\"delivery\":{\"methodName\":\"HTTP\"}}");
        refuses("snapshot-number", 400, host, "{\"snapshotId\":5}");
        refuses("delivery-string", 400, host, body(snapshot, "\"HTTP\""));
        refuses("downloads-object", 400, host, body(snapshot, "{\"maxDownloads\":{}}"));
        refuses("downloads-zero", 400, host, body(snapshot, "{\"maxDownloads\":0}"));
        refuses("downloads-zero", 400, host, body(snapshot, "{\"maxDownloads\":\"-1\"}"));
        refuses("downloads-fraction", 400, host, body(snapshot, "{\"maxDownloads\":1.5}"));
        refuses("downloads-fraction", 400, host, body(snapshot, "{\"maxDownloads\":\"many\"}"));
        refuses("downloads-huge-double", 400, host, body(snapshot, "{\"maxDownloads\":1e999}"));
        refuses("downloads-huge", 400, host, body(snapshot, "{\"maxDownloads\":2147483648}"));
        refuses("hours-zero", 400, host, body(snapshot, "{\"expirationHours\":0}"));
        refuses("hours-huge", 400, host, body(snapshot, "{\"expirationHours\":9223372036854775807}"));
        refuses("expires-past", 400, host, body(snapshot, "{\"expires\":\"2016-03-04T22:07:27Z\"}"));
        refuses("expires-malformed", 400, host, body(snapshot, "{\"expires\":\"tomorrow\"}"));
        refuses("expires-malformed", 400, host, body(snapshot, "{\"expires\":\"+999999999-01-01T00:00\"}"));
        refuses("expires-far", 400, host, body(snapshot, "{\"expires\":\"9999-01-01\"}"));
        refuses("both-expiries", 400, sharded, body(snapshot, "{\"expires\":\"2016-03-05\",\"expirationHours\":1}"));
        refuses("delivery-unknown", 400, host, body(snapshot, "{\"maxDownload\":1}"));
        refuses("unknown", 400, host, "{\"snapshotID\":\"x\"}");
        refuses("read-only", 400, host, "{\"statusName\":\"FINISHED\"}");
        for (String method : List.of("SCP", "QUERY", "AUTOMATED_RESTORE", "http")) {
            refuses(
                    "method-" + method.toLowerCase(),
                    400,
                    host,
                    body(snapshot, "{\"methodName\":\"" + method + "\",\"targetDirectory\":\"/\"}"));
        }
        assertThat(results(host)).as("nothing was made").isEmpty();
    }

    @Test
    void post_refusesAPointInTime() {
        String id = "\"snapshotId\":\"" + snapshots.ofSharded().id() + "\"";
        refuses("checkpoint", 404, sharded, "{\"checkpointId\":\"" + UNKNOWN + "\"}");
        refuses("checkpoint", 404, sharded, "{\"checkPointId\":\"" + UNKNOWN + "\"}");
        refuses("checkpoint-malformed", 404, sharded, "{\"checkpointId\":\"x\"}");
        refuses("point-in-time", 409, sharded, "{\"oplogTs\":\"1456098690\",\"oplogInc\":1}");
        refuses("point-in-time", 409, sharded, "{\"pointInTimeUTCMillis\":1456098690000}");
        refuses("point-in-time", 409, sharded, "{\"timestamp\":{\"date\":\"2016-02-21T23:51:30Z\",\"increment\":1}}");
        refuses("fractional", 400, sharded, "{\"timestamp\":{\"date\":\"2016-02-21T23:51:30.5Z\"}}");
        assertThat(api.post(sharded, "{" + id + ",\"checkpointId\":null,\"oplogTs\":null}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void post_restoresACheckpoint_byEitherSpelling() {
        String id = snapshots.checkpoint(snapshots.ofSharded()).hex();
        Golden.check("restorejobs/post-by-checkpoint", 200, api.post(sharded, "{\"checkpointId\":\"" + id + "\"}"));
        assertThat(api.post(sharded, "{\"checkPointId\":\"" + id + "\"}").status())
                .isEqualTo(200);
        assertThat(api.post(host, "{\"checkpointId\":\"" + id + "\"}").status()).isEqualTo(200);
    }

    @Test
    void post_restoresATime_thatASnapshotHolds_numbersAsNumbersOrStrings() {
        Snapshot set = snapshots.ofReplicaSet();
        Golden.check(
                "restorejobs/post-by-oplog",
                200,
                api.post(replicaSet, "{\"oplogTs\":\"1456098690\",\"oplogInc\":\"1\"}"));
        for (String point : List.of(
                "\"oplogTs\":1456098690,\"oplogInc\":1",
                "\"oplogTs\":1456098690.0,\"oplogInc\":\"1\"",
                "\"pointInTimeUTCMillis\":1456098690000",
                "\"pointInTimeUTCMillis\":1.45609869E12",
                "\"pointInTimeUTCMillis\":\"1456098690000\"",
                "\"timestamp\":{\"date\":\"2016-02-21T23:51:30Z\",\"increment\":1}",
                "\"timestamp\":{\"date\":\"2016-02-21T23:51:30Z\",\"increment\":\"1\"}",
                "\"timestamp\":{\"date\":\"2016-02-21T23:51:30Z\"}",
                "\"snapshotId\":\"" + set.id() + "\",\"pointInTimeUTCMillis\":1456098690000")) {
            assertThat(api.post(replicaSet, "{" + point + "}").status())
                    .as(point)
                    .isEqualTo(200);
        }
        snapshots.ofSharded();
        Golden.check("restorejobs/post-host-by-time", 200, api.post(host, "{\"pointInTimeUTCMillis\":1456098690000}"));
    }

    @Test
    void post_takesTheLatestSnapshotOfATime_andNoneThatIsGone() {
        snapshots.ofReplicaSet();
        Snapshot latest = snapshots.ofReplicaSet();
        snapshots.deleted(snapshots.ofReplicaSet());
        api.post(replicaSet, "{\"pointInTimeUTCMillis\":1456098690000}");
        assertThat(jobs.list(there.group.id(), there.replicaSet.id(), null, new Paging(1, 1, true))
                        .jobs())
                .extracting(RestoreJob::snapshotId)
                .containsExactly(latest.id());
    }

    @Test
    void post_refusesATimeThatNoSnapshotHolds() {
        snapshots.ofReplicaSet();
        String before = "{\"oplogTs\":1456098689,\"oplogInc\":1}";
        refuses("point-in-time", 409, replicaSet, before);
        refuses("point-in-time", 409, replicaSet, "{\"oplogTs\":1456098690,\"oplogInc\":2}");
        refuses("point-in-time", 409, replicaSet, "{\"timestamp\":{\"date\":\"2016-02-21T23:51:31Z\"}}");
        refuses("point-in-time-millis", 409, replicaSet, "{\"pointInTimeUTCMillis\":1456098690001}");
        Snapshot gone = snapshots.ofSharded();
        String id = snapshots.checkpoint(gone).hex();
        snapshots.deleted(gone);
        refuses("checkpoint-gone", 409, sharded, "{\"checkpointId\":\"" + id + "\"}");
    }

    @Test
    void post_refusesTimesThatContradictEachOther_orAreNone() {
        String id = snapshots.checkpoint(snapshots.ofSharded()).hex();
        String both = "{\"checkpointId\":\"" + id + "\",\"pointInTimeUTCMillis\":1}";
        refuses("two-times", 400, sharded, both);
        refuses("oplog-without-inc", 400, sharded, "{\"oplogTs\":1}");
        refuses("oplog-without-ts", 400, sharded, "{\"oplogInc\":1}");
        refuses("oplog-negative", 400, sharded, "{\"oplogTs\":-1,\"oplogInc\":1}");
        refuses("oplog-too-large", 400, sharded, "{\"oplogTs\":1,\"oplogInc\":4294967296}");
        refuses("oplog-text", 400, sharded, "{\"oplogTs\":\"now\",\"oplogInc\":1}");
        refuses("millis-too-large", 400, sharded, "{\"pointInTimeUTCMillis\":4294967296000}");
        refuses("timestamp-empty", 400, sharded, "{\"timestamp\":{}}");
        refuses("timestamp-unknown", 400, sharded, "{\"timestamp\":{\"date\":\"2016-02-21\",\"inc\":1}}");
        assertThat(results(sharded)).as("nothing was made").isEmpty();
    }

    @Test
    void expires_isReadInEveryDocumentedForm() {
        Snapshot snapshot = snapshots.ofReplicaSet();
        for (String text : List.of(
                "2016-03-06",
                "2016-03-06T00:00",
                "2016-03-06T00:00:00",
                "2016-03-06T00:00:00.000Z",
                "2016-03-05T20:00-04:00",
                "2016-03-05T20:00:00-0400",
                "2016-03-05T20:00:00-04")) {
            ListJson<?> list = (ListJson<?>) api.post(replicaSet, body(snapshot, "{\"expires\":\"" + text + "\"}"))
                    .document();
            RestoreJobJson job = (RestoreJobJson) list.results().get(0);
            assertThat(job.delivery().expires()).as(text).isEqualTo("2016-03-06T00:00:00Z");
            assertThat(job.delivery().expirationHours()).as("rounded up").isEqualTo(26);
        }
    }

    @Test
    void routes_requireWhatIsDocumented_andPostTheAccessList() {
        assertThat(api.routes()).hasSize(6).allSatisfy(route -> {
            boolean post = route.method().equals("POST");
            assertThat(route.need()).isEqualTo(post ? Need.BACKUP : Need.READ);
            assertThat(route.listed()).isEqualTo(post);
        });
    }

    private List<RestoreJob> batch() {
        return jobs.create(there.sharded, snapshots.ofSharded().id(), DeliveryTerms.within(3, 24, NOW), NOW);
    }

    private void refuses(String name, int status, String target, String json) {
        Golden.check("restorejobs/post-" + name, status, api.post(target, json));
    }

    private List<?> results(String target) {
        return ((ListJson<?>) api.get(target).document()).results();
    }

    private static String body(Snapshot snapshot) {
        return "{\"snapshotId\":\"" + snapshot.id() + "\"}";
    }

    private static String body(Snapshot snapshot, String delivery) {
        return "{\"snapshotId\":\"" + snapshot.id() + "\",\"delivery\":" + delivery + "}";
    }

    private TestApi apiAt(Instant now) {
        return new TestApi(TestCaller.memberOf(there.group.id()), now, routes());
    }

    private Routes[] routes() {
        return new Routes[] {
            new HostRestoreJobRoutes(there.groups, there.hosts, jobs),
            new ClusterRestoreJobRoutes(there.groups, there.clusters, jobs)
        };
    }
}
