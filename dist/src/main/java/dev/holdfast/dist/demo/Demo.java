package dev.holdfast.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import dev.holdfast.agent.source.DataDirectory;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.cli.ApiClient;
import dev.holdfast.cli.Credentials;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.dist.deployment.DeploymentFile;
import dev.holdfast.dist.deployment.Enrolment;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.access.AddressBlock;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewAgentKey;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import dev.holdfast.server.deployment.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run of the demo against a server that answers already. */
public final class Demo {
    private static final int MAX_DOWNLOADS = 3;
    private static final int HOURS = 24;
    private static final long POLL_MILLIS = 200;

    private final ServerWiring wiring;
    private final Samples samples;
    private final Clock clock;
    private final PrintWriter out;

    /** Works on {@code wiring}, which serves; samples are unpacked below {@code sampleFolder}. */
    public Demo(ServerWiring wiring, Path sampleFolder, Clock clock, PrintWriter out) {
        this.wiring = wiring;
        this.samples = new Samples(sampleFolder);
        this.clock = clock;
        this.out = out;
    }

    /**
     * Looks {@code dbpath} over without a server.
     *
     * @throws CaptureFailed if it cannot be captured
     */
    public static void requireCapturable(Path dbpath, boolean frozen) throws InterruptedException {
        DataDirectory.open(dbpath, frozen, Set.of());
    }

    /**
     * Does it all.
     *
     * @param dbpath what the config server is captured from; null for the sample
     * @param frozen whether the caller has frozen {@code dbpath}
     * @return the lines of the env file, in order
     */
    public Map<String, String> run(Path dbpath, boolean frozen) throws IOException, InterruptedException {
        DemoDeployment deployment = deployment();
        NewApiKey key = apiKey(deployment.group());
        NewAgentKey agentKey =
                wiring.agentKeys().createAgentKey(deployment.group(), "made by holdfast demo", clock.instant());
        say("made an API key for this run: " + key.publicKey() + " (owner of the project, from 127.0.0.1 and ::1)");

        DemoCaptures captures =
                new DemoCaptures(URI.create(wiring.baseUrl()), deployment.group(), agentKey.token(), clock, out);
        String hostSnapshot = captures.sharded(deployment, samples, dbpath, frozen);
        String setSnapshot = captures.replicaSet(deployment.replicaSet(), samples);

        String api = wiring.baseUrl() + "/api/public/v1.0/groups/" + deployment.group();
        ApiClient client =
                new ApiClient(HttpClient.newHttpClient(), new Credentials(key.publicKey(), key.privateKey()));
        JsonNode job = restore(client, api, deployment, hostSnapshot);
        Map<String, String> env = new LinkedHashMap<>();
        env.put("BASE_URL", wiring.baseUrl());
        env.put("PUBLIC_KEY", key.publicKey());
        env.put("PRIVATE_KEY", key.privateKey());
        env.put("GROUP_ID", deployment.group().hex());
        env.put("HOST_ID", deployment.configServer().id().hex());
        env.put("JOB_ID", job.path("id").asText());
        env.put("SNAPSHOT_ID", setSnapshot);
        env.put("CLUSTER_ID", deployment.replicaSet().id().hex());
        env.put("SHARDED_CLUSTER_ID", deployment.sharded().id().hex());
        env.put("HOST_SNAPSHOT_ID", hostSnapshot);
        return env;
    }

    private DemoDeployment deployment() {
        Enrolment enrolment = new Enrolment(wiring.groups(), wiring.clusters(), wiring.hosts());
        var plan = DeploymentFile.parse(ConfigFactory.parseResources("dev/holdfast/dist/demo.conf"), "demo.conf");
        GroupId group = wiring.database().write(tx -> enrolment.enter(tx, plan)).id();
        DemoDeployment deployment = DemoDeployment.find(wiring, group);
        List<String> shards =
                deployment.shards().stream().map(Cluster::shardName).toList();
        say("project \"" + plan.project() + "\": sharded cluster "
                + deployment.sharded().clusterName() + " ("
                + String.join(", ", shards) + ", three mirrored config servers), replica set "
                + deployment.replicaSet().replicaSetName());
        return deployment;
    }

    private NewApiKey apiKey(GroupId group) {
        return wiring.database().write(tx -> {
            OrgId org = wiring.groups().require(tx, group).orgId();
            List<Grant> grants = List.of(Grant.in(group, Role.GROUP_OWNER), Grant.in(org, Role.ORG_OWNER));
            NewApiKey key = wiring.keys().create(tx, org, "made by holdfast demo", grants, clock.instant());
            for (String address : List.of("127.0.0.1", "::1")) {
                wiring.keys().allow(tx, key.id(), AddressBlock.parse(address), clock.instant());
            }
            return key;
        });
    }

    /** Restores the sharded cluster; answers the job of its config servers when that is FINISHED. */
    private JsonNode restore(ApiClient client, String api, DemoDeployment deployment, String snapshot)
            throws IOException, InterruptedException {
        ObjectNode body = ApiJson.mapper().createObjectNode().put("snapshotId", snapshot);
        body.putObject("delivery")
                .put("methodName", "HTTP")
                .put("maxDownloads", MAX_DOWNLOADS)
                .put("expirationHours", HOURS);
        JsonNode batch =
                client.post(URI.create(api + "/clusters/" + deployment.sharded().id() + "/restoreJobs"), body);
        for (JsonNode job : batch.path("results")) {
            if (job.has("hostId")) {
                say("restore of the sharded cluster: batch "
                        + job.path("batchId").asText() + ", "
                        + batch.path("totalCount").asInt() + " jobs, " + MAX_DOWNLOADS + " downloads within " + HOURS
                        + " hours each");
                return finished(
                        client,
                        URI.create(api + "/hosts/" + job.path("hostId").asText() + "/restoreJobs/"
                                + job.path("id").asText()));
            }
        }
        throw new IOException("the batch has no job of a config server: " + batch);
    }

    private JsonNode finished(ApiClient client, URI url) throws IOException, InterruptedException {
        JsonNode job = client.get(url);
        while (job.path("statusName").asText().equals("IN_PROGRESS")) {
            Thread.sleep(POLL_MILLIS);
            job = client.get(url);
        }
        String status = job.path("statusName").asText();
        if (!status.equals("FINISHED")) {
            throw new IOException("the restore job is " + status + ", not FINISHED: " + job);
        }
        say("the config servers' job is FINISHED, its link is "
                + job.path("delivery").path("statusName").asText());
        return job;
    }

    private void say(String line) {
        out.println("  " + line);
        out.flush();
    }
}
