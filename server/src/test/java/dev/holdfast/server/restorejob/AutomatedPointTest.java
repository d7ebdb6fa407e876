package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.agents.AgentRoutes;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.NewHost;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A point in time, of which the documentation speaks with AUTOMATED_RESTORE only, is restored by agents. */
final class AutomatedPointTest {
    @TempDir
    private Path folder;

    private Database database;
    private TestDeployment there;
    private MemorySnapshots snapshots;
    private TestApi api;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, RestoreJobContract.MIGRATIONS);
        there = new TestDeployment(database);
        there.clock.advance(Duration.between(there.clock.instant(), RestoreJobContract.NOW));
        there.hosts.create(
                there.group.id(),
                NewHost.member(there.shard1, HostType.SHARD_PRIMARY, "b.example.net", 27018, "3.0.9"));
        snapshots = new MemorySnapshots(there);
        Agents agents = new Agents(database, there.clock, there.ids, AgentsSettings.DEFAULTS);
        AutomatedRestores restores = new AutomatedRestores(database, agents, there.clusters, there.hosts);
        RestoreJobs jobs = new RestoreJobs(database, snapshots, new MemoryLinks(), restores, there.ids);
        api = new TestApi(
                TestCaller.memberOf(there.group.id()),
                there.clock.instant(),
                new ClusterRestoreJobRoutes(there.groups, there.clusters, jobs),
                new AgentRoutes(agents));
        String served = there.hosts.list(there.group.id()).stream()
                .map(Host::id)
                .map(id -> "\"" + id + "\"")
                .collect(Collectors.joining(","));
        Answer polled = api.post(
                "/agent/v1/groups/" + there.group.id() + "/agents/poll",
                "{\"agent\":\"a\",\"instance\":\"1\",\"version\":\"1\",\"hosts\":[" + served
                        + "],\"kinds\":[\"RESTORE\"]}");
        assertThat(polled.status()).isEqualTo(200);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void aTimeOfAReplicaSet_isRestoredByItsAgent() {
        snapshots.ofReplicaSet();
        for (String point :
                List.of("\"oplogTs\":\"1456098690\",\"oplogInc\":1", "\"pointInTimeUTCMillis\":1456098690000")) {
            assertMade(1, post(there.replicaSet, point));
        }
    }

    @Test
    void aCheckpointOfAShardedCluster_isRestoredByItsAgents() {
        String id = snapshots.checkpoint(snapshots.ofSharded()).hex();
        List<RestoreJobJson> batch = assertMade(3, post(there.sharded, "\"checkpointId\":\"" + id + "\""));
        assertThat(batch).extracting(RestoreJobJson::checkpointId).containsOnly(id);
    }

    @Test
    void aTimeThatNoSnapshotHolds_isRefused_andMakesNoJob() {
        snapshots.ofReplicaSet();
        assertThat(post(there.replicaSet, "\"oplogTs\":1456098690,\"oplogInc\":2")
                        .status())
                .isEqualTo(409);
        String jobs = path(there.replicaSet);
        assertThat(((ListJson<?>) api.get(jobs).document()).results()).isEmpty();
    }

    private static List<RestoreJobJson> assertMade(int count, Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        List<RestoreJobJson> made = ((ListJson<?>) answer.document())
                .results().stream().map(RestoreJobJson.class::cast).toList();
        assertThat(made).hasSize(count).allSatisfy(job -> {
            assertThat(job.pointInTime()).isTrue();
            assertThat(job.statusName()).isEqualTo("IN_PROGRESS");
            assertThat(job.delivery().targetClusterId()).isNotNull();
        });
        return made;
    }

    private Answer post(Cluster cluster, String point) {
        return api.post(
                path(cluster),
                "{" + point + ",\"delivery\":{\"methodName\":\"AUTOMATED_RESTORE\",\"targetGroupId\":\""
                        + there.group.id() + "\",\"targetClusterId\":\"" + cluster.id() + "\"}}");
    }

    private String path(Cluster cluster) {
        return "/api/public/v1.0/groups/" + there.group.id() + "/clusters/" + cluster.id() + "/restoreJobs";
    }
}
