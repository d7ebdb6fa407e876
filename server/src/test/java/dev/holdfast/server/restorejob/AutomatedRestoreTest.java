package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.agents.AgentRoutes;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentWatch;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.NewCluster;
import dev.holdfast.server.deployment.NewHost;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCall;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AUTOMATED_RESTORE and the stopping of jobs, with agents that speak the agent API. */
final class AutomatedRestoreTest {
    @TempDir
    private Path folder;

    private final Ends ends = new Ends();
    private Database database;
    private TestDeployment there;
    private MemorySnapshots snapshots;
    private MemoryLinks links;
    private Agents agents;
    private RestoreJobs jobs;
    private Host member;
    private String group;
    private String replicaSet;
    private String agentApi;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, RestoreJobContract.MIGRATIONS);
        there = new TestDeployment(database);
        there.clock.advance(Duration.between(there.clock.instant(), RestoreJobContract.NOW));
        snapshots = new MemorySnapshots(there);
        links = new MemoryLinks();
        agents = new Agents(database, there.clock, there.ids, AgentsSettings.DEFAULTS, ends);
        jobs = node();
        member = hostOf(there.replicaSet);
        group = "/api/public/v1.0/groups/" + there.group.id();
        replicaSet = group + "/clusters/" + there.replicaSet.id() + "/restoreJobs";
        agentApi = "/agent/v1/groups/" + there.group.id();
    }

    private RestoreJobs node() {
        AutomatedRestores restores = new AutomatedRestores(database, agents, there.clusters, there.hosts);
        return new RestoreJobs(database, snapshots, links, restores, there.ids);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void aJob_isHandedToTheAgent_andFinishedWhenItSaysSo() {
        poll("a", member);
        Answer made = post(replicaSet, automated(there.replicaSet));
        Golden.check("restorejobs/automated-post", 200, made);
        JobId job = only(made);
        Golden.check("restorejobs/automated-report-open", 200, api().get(report(job)));

        AgentWork.Assigned work = poll("a", member);
        assertThat(work.payload().path("jobId").asText()).isEqualTo(job.hex());
        assertThat(work.payload().path("fileName").asText()).isEqualTo("proton-1456098690-" + job + ".tar.gz");
        Golden.check("restorejobs/automated-begun", 200, api().get(replicaSet + "/" + job));

        String where = agentApi + "/restores/" + work.assignmentId();
        JsonNode archive = json(api().get(where));
        assertThat(archive.path("path").asText())
                .isEqualTo(links.state(job, there.clock.instant()).path());
        assertThat(archive.has("sha1")).as("not known yet").isFalse();
        links.hashed = true;
        assertThat(json(api().get(where)).path("sha1").asText()).isEqualTo(MemoryLinks.SHA1);

        say(work, "progress", "\"step\":\"unpacking\",\"done\":5,\"total\":10");
        Golden.check("restorejobs/automated-report-leased", 200, api().get(report(job)));
        assertThat(say(work, "done", null).status()).isEqualTo(204);
        assertThat(say(work, "done", null).status()).as("said again").isEqualTo(204);
        assertThat(ends.told).containsExactly("done " + member.id());
        Golden.check("restorejobs/automated-finished", 200, api().get(replicaSet + "/" + job));
        Golden.check("restorejobs/automated-report-done", 200, api().get(report(job)));
        assertThat(api().get(where).status()).as("the work is over").isEqualTo(404);
    }

    @Test
    void anAgentThatCannotDoIt_breaksTheJob_withItsReason() {
        poll("a", member);
        JobId job = only(post(replicaSet, automated(there.replicaSet)));
        AgentWork.Assigned work = poll("a", member);
        say(work, "fail", "\"reason\":\"/data/db is not an empty directory\",\"again\":false");
        assertThat(state(job)).isEqualTo("BROKEN FAILED");
        assertThat(ends.told).containsExactly("failed " + member.id() + ": /data/db is not an empty directory");
        Golden.check("restorejobs/automated-report-broken", 200, api().get(report(job)));
    }

    @Test
    void anAgentThatDies_isReplaced_andTheJobGoesOn() {
        poll("a", member);
        JobId job = only(post(replicaSet, automated(there.replicaSet)));
        AgentWork.Assigned first = poll("a", member);
        there.clock.advance(Duration.ofHours(1));
        assertThat(state(job)).isEqualTo("IN_PROGRESS IN_PROGRESS");
        AgentWork.Assigned second = poll("a", member);
        assertThat(second.assignmentId()).isEqualTo(first.assignmentId());
        assertThat(say(first, "done", null).status()).isEqualTo(404);
        say(second, "done", null);
        assertThat(state(job)).isEqualTo("FINISHED READY");
    }

    @Test
    void aJobThatNoAgentTakes_isBrokenWhenItsLinkEnds() {
        poll("a", member);
        JobId job = only(post(replicaSet, automated(there.replicaSet)));
        there.clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(state(job)).isEqualTo("IN_PROGRESS NOT_STARTED");
        there.clock.advance(Duration.ofMillis(1));
        assertThat(state(job)).isEqualTo("BROKEN FAILED");
        assertThat(json(api().get(report(job))).path("reason").asText()).contains("no agent took it in time");
    }

    @Test
    void aFinishedJob_staysFinished_whenItsLinkEnds() {
        poll("a", member);
        JobId job = only(post(replicaSet, automated(there.replicaSet)));
        say(poll("a", member), "done", null);
        there.clock.advance(Duration.ofHours(25));
        assertThat(state(job)).isEqualTo("FINISHED EXPIRED");
    }

    @Test
    void everyServedMember_getsTheData_andAllMustBeDone() {
        Host second = there.hosts.create(
                there.group.id(), NewHost.member(there.replicaSet, HostType.NO_DATA, "p2.example.net", 27017, null));
        there.hosts.create(
                there.group.id(),
                NewHost.member(there.replicaSet, HostType.REPLICA_ARBITER, "p3.example.net", 27017, null));
        poll("a", member);
        poll("b", second);
        JobId job = only(post(replicaSet, automated(there.replicaSet)));
        AgentWork.Assigned one = poll("a", member);
        AgentWork.Assigned two = poll("b", second);
        assertThat(List.of(one.hostId(), two.hostId()))
                .containsExactly(member.id().hex(), second.id().hex());
        say(one, "done", null);
        assertThat(state(job)).isEqualTo("IN_PROGRESS IN_PROGRESS");
        say(two, "done", null);
        assertThat(state(job)).isEqualTo("FINISHED READY");
    }

    @Test
    void aShardedCluster_isABatch_whoseConfigPartGoesToEveryMirror() {
        Host shard1 = there.hosts.create(
                there.group.id(),
                NewHost.member(there.shard1, HostType.SHARD_PRIMARY, "b.example.net", 27018, "3.0.9"));
        List<Host> all = new ArrayList<>(there.mirrors);
        all.add(there.member);
        all.add(shard1);
        poll("a", all.subList(1, all.size()).toArray(Host[]::new));
        snapshots.ofSharded();
        String sharded = group + "/clusters/" + there.sharded.id() + "/restoreJobs";
        String body = automated(snapshots.ofSharded(), there.sharded);
        Golden.check("restorejobs/automated-mirror-missing", 409, post(sharded, body));
        poll("a", all.toArray(Host[]::new));
        Answer made = post(sharded, body);
        List<?> batch = ((ListJson<?>) made.document()).results();
        assertThat(batch).hasSize(3);
        List<HostId> hosts = new ArrayList<>();
        for (AgentWork.Assigned work = poll("a", all.toArray(Host[]::new));
                work != null;
                work = poll("a", all.toArray(Host[]::new))) {
            hosts.add(new HostId(work.hostId()));
            say(work, "done", null);
        }
        assertThat(hosts)
                .containsExactlyInAnyOrderElementsOf(all.stream().map(Host::id).toList());
        assertThat(batch)
                .allSatisfy(item -> assertThat(state(new JobId(((RestoreJobJson) item).id())))
                        .isEqualTo("FINISHED READY"));
    }

    @Test
    void aTargetThatDoesNotFit_isRefused() {
        Golden.check("restorejobs/automated-no-agent", 409, post(replicaSet, automated(there.replicaSet)));
        poll("a", member);
        String of = "{\"snapshotId\":\"" + snapshots.ofReplicaSet().id() + "\",\"delivery\":{\"methodName\":"
                + "\"AUTOMATED_RESTORE\"";
        String groupId = ",\"targetGroupId\":\"" + there.group.id() + "\"";
        String nobody = "0123456789abcdef01234567";
        Golden.check("restorejobs/automated-no-target-group", 400, post(replicaSet, of + "}}"));
        Golden.check("restorejobs/automated-no-target-cluster", 400, post(replicaSet, of + groupId + "}}"));
        Golden.check(
                "restorejobs/automated-target-unknown",
                404,
                post(replicaSet, of + groupId + ",\"targetClusterId\":\"" + nobody + "\"}}"));
        Golden.check(
                "restorejobs/automated-target-malformed",
                404,
                post(replicaSet, of + groupId + ",\"targetClusterId\":\"x\"}}"));
        Golden.check(
                "restorejobs/automated-target-foreign",
                403,
                post(
                        replicaSet,
                        of + ",\"targetGroupId\":\"" + nobody + "\",\"targetClusterId\":\"" + nobody + "\"}}"));
        Golden.check("restorejobs/automated-target-sharded", 400, post(replicaSet, automated(there.sharded)));
        String sharded = group + "/clusters/" + there.sharded.id() + "/restoreJobs";
        String body = automated(snapshots.ofSharded(), there.replicaSet);
        Golden.check("restorejobs/automated-target-not-sharded", 400, post(sharded, body));
        body = automated(snapshots.ofSharded(), there.shardedWithCsrs);
        Golden.check("restorejobs/automated-target-shards", 400, post(sharded, body));
        assertThat(((ListJson<?>) api().get(replicaSet).document()).results())
                .as("nothing was made")
                .isEmpty();
    }

    @Test
    void anotherProject_mayBeTheTarget_forWhoMayBackUpThere() {
        GroupId other = there.groups.create("Copies").id();
        Cluster copy = there.clusters.create(other, NewCluster.replicaSet("copy"));
        Host host = there.hosts.create(other, NewHost.member(copy, HostType.NO_DATA, "copy.example.net", 27017, null));
        TestApi both = new TestApi(TestCaller.memberOf(there.group.id(), other), there.clock.instant(), routes());
        both.post("/agent/v1/groups/" + other + "/agents/poll", pollBody("c", host));
        JobId job = only(both.post(
                replicaSet,
                "{\"snapshotId\":\"" + snapshots.ofReplicaSet().id() + "\",\"delivery\":{\"methodName\":"
                        + "\"AUTOMATED_RESTORE\",\"targetGroupId\":\"" + other + "\",\"targetClusterId\":\""
                        + copy.id() + "\"}}"));
        AgentWork.Assigned work = ((AgentWork.Polled)
                        both.post("/agent/v1/groups/" + other + "/agents/poll", pollBody("c", host))
                                .document())
                .assignment();
        assertThat(both.get("/agent/v1/groups/" + other + "/restores/" + work.assignmentId())
                        .status())
                .isEqualTo(200);
        assertThat(api().get(agentApi + "/restores/" + work.assignmentId()).status())
                .as("not with the key of the project that the snapshot is of")
                .isEqualTo(404);
        assertThat(state(job)).isEqualTo("IN_PROGRESS IN_PROGRESS");
        database.change(tx -> agents.forget(tx, other));
        assertThat(state(job)).isEqualTo("BROKEN FAILED");
    }

    @Test
    void aKilledJob_isTakenFromItsAgent_andFromEveryNode() {
        poll("a", member);
        JobId job = only(post(replicaSet, automated(there.replicaSet)));
        AgentWork.Assigned work = poll("a", member);
        Golden.check("restorejobs/killed", 200, kill(job, "wrong snapshot"));
        assertThat(say(work, "progress", "\"step\":\"unpacking\"").status()).isEqualTo(404);
        assertThat(say(work, "done", null).status()).isEqualTo(404);
        assertThat(poll("a", member)).isNull();
        assertThat(state(job)).isEqualTo("KILLED INTERRUPTED");
        RestoreJob seen = node().find(there.group.id(), job).orElseThrow();
        JobOutcome elsewhere = node().outcome(seen, there.clock.instant());
        assertThat(elsewhere.state()).isEqualTo(RestoreJobState.KILLED);
        assertThat(elsewhere.reason()).isEqualTo("stopped by ewmaqvdo: wrong snapshot");
    }

    @Test
    void aJobThatIsDownloaded_canBeKilled_once_andNotWhenItIsBroken() {
        Snapshot snapshot = snapshots.ofReplicaSet();
        JobId job = only(post(replicaSet, "{\"snapshotId\":\"" + snapshot.id() + "\"}"));
        assertThat(state(job)).isEqualTo("FINISHED READY");
        kill(job, "first");
        kill(job, "second");
        Golden.check("restorejobs/killed-download", 200, api().get(replicaSet + "/" + job));
        assertThat(json(api().get(report(job))).path("reason").asText()).endsWith("first");
        JobId broken = only(post(replicaSet, "{\"snapshotId\":\"" + snapshot.id() + "\"}"));
        links.damaged(broken);
        kill(broken, "late");
        assertThat(state(broken)).isEqualTo("BROKEN FAILED");
    }

    @Test
    void kill_refusesWhatIsWrong() {
        JobId job = only(
                post(replicaSet, "{\"snapshotId\":\"" + snapshots.ofReplicaSet().id() + "\"}"));
        String unknown = report(new JobId("0123456789abcdef01234567"));
        Golden.check("restorejobs/report-unknown", 404, api().get(unknown));
        Golden.check("restorejobs/report-unknown", 404, kill(new JobId("0123456789abcdef01234567"), "x"));
        Golden.check("restorejobs/report-malformed", 404, api().get(report(job).replace(job.hex(), "x")));
        Golden.check("restorejobs/kill-reason", 400, kill(job, "a\\nb"));
        Golden.check("restorejobs/kill-unknown", 400, killWith(job, "{\"why\":1}"));
        assertThat(state(job)).isEqualTo("FINISHED READY");
    }

    /** Keeps what is told of the ends of agents' work. */
    private static final class Ends implements AssignmentWatch {
        final List<String> told = new ArrayList<>();

        @Override
        public void done(Handle tx, Assignment work, Instant now) {
            told.add("done " + work.host());
        }

        @Override
        public void failed(Handle tx, Assignment work, String reason, Instant now) {
            told.add("failed " + work.host() + ": " + reason);
        }
    }

    private Answer kill(JobId job, String reason) {
        return killWith(job, "{\"reason\":\"" + reason + "\"}");
    }

    private Answer killWith(JobId job, String body) {
        TestApi api = api();
        return api.answer(new TestCall(
                "POST",
                report(job) + "/kill",
                Map.of(),
                Map.of("content-type", "application/json"),
                body,
                api.caller(),
                there.clock.instant()));
    }

    private String automated(Cluster target) {
        return automated(snapshots.ofReplicaSet(), target);
    }

    private String automated(Snapshot snapshot, Cluster target) {
        return "{\"snapshotId\":\"" + snapshot.id() + "\",\"delivery\":{\"methodName\":\"AUTOMATED_RESTORE\","
                + "\"targetGroupId\":\"" + there.group.id() + "\",\"targetClusterId\":\"" + target.id() + "\"}}";
    }

    private String report(JobId job) {
        return "/api/holdfast/v1/groups/" + there.group.id() + "/restoreJobs/" + job;
    }

    private Answer post(String path, String body) {
        return api().post(path, body);
    }

    private static JobId only(Answer made) {
        assertThat(made.status()).as(json(made).toString()).isEqualTo(200);
        List<?> results = ((ListJson<?>) made.document()).results();
        assertThat(results).hasSize(1);
        return new JobId(((RestoreJobJson) results.get(0)).id());
    }

    private String state(JobId job) {
        JsonNode report = json(api().get(report(job)));
        return report.path("statusName").asText() + " "
                + report.path("deliveryStatusName").asText();
    }

    private AgentWork.Assigned poll(String agent, Host... hosts) {
        Answer answer = api().post(agentApi + "/agents/poll", pollBody(agent, hosts));
        assertThat(answer.status()).as(json(answer).toString()).isEqualTo(200);
        return ((AgentWork.Polled) answer.document()).assignment();
    }

    private static String pollBody(String agent, Host... hosts) {
        List<String> ids =
                Arrays.stream(hosts).map(host -> "\"" + host.id() + "\"").toList();
        return "{\"agent\":\"" + agent + "\",\"instance\":\"1\",\"version\":\"1\",\"hosts\":[" + String.join(",", ids)
                + "],\"kinds\":[\"RESTORE\"]}";
    }

    private Answer say(AgentWork.Assigned work, String verb, String more) {
        String body = "{\"attempt\":" + work.attempt() + (more == null ? "" : "," + more) + "}";
        return api().post(agentApi + "/assignments/" + work.assignmentId() + "/" + verb, body);
    }

    private Host hostOf(Cluster cluster) {
        return there.hosts.list(there.group.id()).stream()
                .filter(host -> cluster.id().equals(host.clusterId()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(Answer answer) {
        return ApiJson.mapper().valueToTree(answer.document());
    }

    private TestApi api() {
        return new TestApi(TestCaller.memberOf(there.group.id()), there.clock.instant(), routes());
    }

    private Routes[] routes() {
        return new Routes[] {
            new ClusterRestoreJobRoutes(there.groups, there.clusters, jobs),
            new JobControlRoutes(there.groups, jobs),
            new RestoreAgentRoutes(jobs),
            new AgentRoutes(agents)
        };
    }
}
