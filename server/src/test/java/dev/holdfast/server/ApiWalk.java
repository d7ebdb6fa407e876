package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * A walk over the API with a memory of what it made. The memory is simple enough to be right: names of hosts, a number of
 * jobs, a list of snapshots; after each step the server must say the same.
 */
final class ApiWalk {
    /** What a step may be. */
    enum Step {
        ADD_HOST,
        ADD_HOST_AGAIN,
        DELETE_HOST,
        RENAME_CLUSTER,
        RESTORE_REPLICA_SET,
        RESTORE_SHARDED,
        RESTORE_HOST,
        KEEP_SNAPSHOT,
        LET_SNAPSHOT_GO,
        LIST_KEY,
        MAKE_KEY,
        DELETE_KEY,
        WAIT
    }

    private static final Set<String> ENDS = Set.of("FINISHED", "BROKEN", "KILLED");

    private final WiredServer server;
    private final WiredProject ours;
    private final SignedClient owner;
    private final IntUnaryOperator chance;
    private final List<String> hosts = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Map<String, String> lastStates = new HashMap<>();
    private final int hostsBefore;
    private final int keysBefore;
    private int jobsOfReplicaSet;
    private int jobsOfSharded;
    private int jobsOfHost;
    private boolean kept;

    /** {@code chance} draws a number below its argument. */
    ApiWalk(WiredServer server, SignedClient owner, IntUnaryOperator chance) throws IOException {
        this.server = server;
        this.ours = server.ours;
        this.owner = owner;
        this.chance = chance;
        this.hostsBefore = count(ours.path() + "/hosts");
        this.keysBefore = count(ours.path() + "/apiKeys");
        this.jobsOfReplicaSet = count(ours.path(ours.replicaSet) + "/restoreJobs");
        this.jobsOfSharded = count(ours.path(ours.sharded) + "/restoreJobs");
        this.jobsOfHost = count(ours.path(ours.mirrors.get(0)) + "/restoreJobs");
    }

    void take(Step step) throws IOException {
        switch (step) {
            case ADD_HOST -> addHost();
            case ADD_HOST_AGAIN -> addHostAgain();
            case DELETE_HOST -> deleteHost();
            case RENAME_CLUSTER ->
                change("PATCH", ours.path(ours.sharded), "{\"clusterName\":\"c" + chance.applyAsInt(1000) + "\"}", 200);
            case RESTORE_REPLICA_SET -> {
                post(ours.path(ours.replicaSet) + "/restoreJobs", restore(ours.replicaSetSnapshot));
                jobsOfReplicaSet++;
            }
            case RESTORE_SHARDED -> {
                post(ours.path(ours.sharded) + "/restoreJobs", restore(ours.shardedSnapshot));
                jobsOfSharded += 3;
                jobsOfHost++;
            }
            case RESTORE_HOST -> {
                post(ours.path(ours.mirrors.get(0)) + "/restoreJobs", restore(ours.shardedSnapshot));
                jobsOfHost++;
            }
            case KEEP_SNAPSHOT -> {
                change("PATCH", snapshot(), "{\"doNotDelete\":true}", 200);
                kept = true;
            }
            case LET_SNAPSHOT_GO -> {
                change("PATCH", snapshot(), "{\"doNotDelete\":false,\"expires\":\"2016-04-01\"}", 200);
                kept = false;
            }
            case LIST_KEY ->
                change(
                        "POST",
                        WiredServer.API + "/users/" + server.owner.id() + "/accessList",
                        "[{\"ipAddress\":\"127.0.0.1\"},{\"cidrBlock\":\"10." + chance.applyAsInt(200) + ".0.0/16\"}]",
                        201);
            case MAKE_KEY -> {
                String body = "{\"desc\":\"walk\",\"roles\":[\"GROUP_READ_ONLY\"]}";
                keys.add(change("POST", ours.path() + "/apiKeys", body, 201)
                        .get("id")
                        .textValue());
            }
            case DELETE_KEY -> {
                if (!keys.isEmpty()) {
                    String key = keys.remove(chance.applyAsInt(keys.size()));
                    change("DELETE", ours.path() + "/apiKeys/" + key, "", 204);
                }
            }
            case WAIT -> server.clock.advance(java.time.Duration.ofSeconds(chance.applyAsInt(30)));
        }
    }

    /** What must hold after every step. */
    void check() throws IOException {
        assertThat(count(ours.path() + "/hosts")).isEqualTo(hostsBefore + hosts.size());
        assertThat(count(ours.path() + "/apiKeys")).isEqualTo(keysBefore + keys.size());
        assertThat(count(ours.path(ours.replicaSet) + "/restoreJobs")).isEqualTo(jobsOfReplicaSet);
        assertThat(count(ours.path(ours.sharded) + "/restoreJobs")).isEqualTo(jobsOfSharded);
        assertThat(count(ours.path(ours.mirrors.get(0)) + "/restoreJobs")).isEqualTo(jobsOfHost);
        JsonNode snapshot = get(snapshot());
        assertThat(snapshot.get("doNotDelete").booleanValue()).isEqualTo(kept);
        assertThat(snapshot.has("expires")).isEqualTo(!kept);
    }

    /** Goes through every list page by page: each thing once, each as its own page shows it, each link to something. */
    void checkEveryList() throws IOException {
        for (String list : List.of(
                WiredServer.API + "/groups",
                ours.path() + "/clusters",
                ours.path() + "/hosts",
                ours.path() + "/apiKeys",
                ours.path(ours.replicaSet) + "/snapshots",
                ours.path(ours.replicaSet) + "/restoreJobs",
                ours.path(ours.sharded) + "/restoreJobs",
                ours.path(ours.mirrors.get(0)) + "/restoreJobs")) {
            int total = count(list);
            Set<String> seen = new HashSet<>();
            String page = list + "?itemsPerPage=" + (1 + chance.applyAsInt(7));
            while (page != null) {
                JsonNode document = get(page);
                for (JsonNode item : document.get("results")) {
                    assertThat(seen.add(item.get("id").textValue())).as(list).isTrue();
                    checkItem(item);
                }
                page = link(document, "next");
            }
            assertThat(seen).as(list).hasSize(total);
        }
    }

    private void checkItem(JsonNode item) throws IOException {
        JsonNode alone = get(link(item, "self"));
        for (JsonNode link : alone.get("links")) {
            get(local(link.get("href").textValue()));
        }
        assertThat(bare(alone)).isEqualTo(bare(item));
        if (item.has("delivery")) {
            String state = item.get("statusName").textValue();
            String before = lastStates.put(item.get("id").textValue(), state);
            assertThat(before == null || !ENDS.contains(before) || before.equals(state) || state.equals("BROKEN"))
                    .as(before + " became " + state)
                    .isTrue();
        }
    }

    private void addHost() throws IOException {
        String name = "walk" + chance.applyAsInt(1_000_000) + ".example.net";
        JsonNode made = change("POST", ours.path() + "/hosts", host(name), hosts.contains(name) ? 200 : 201);
        if (!hosts.contains(name)) {
            hosts.add(name);
        }
        assertThat(made.get("hostname").textValue()).isEqualTo(name);
    }

    private void addHostAgain() throws IOException {
        if (!hosts.isEmpty()) {
            String name = hosts.get(chance.applyAsInt(hosts.size()));
            change("POST", ours.path() + "/hosts", host(name), 200);
        }
    }

    private void deleteHost() throws IOException {
        if (!hosts.isEmpty()) {
            String name = hosts.remove(chance.applyAsInt(hosts.size()));
            String id = get(ours.path() + "/hosts/byName/" + name + ":27017")
                    .get("id")
                    .textValue();
            change("DELETE", ours.path() + "/hosts/" + id, "", 200);
        }
    }

    private String snapshot() {
        return ours.path(ours.replicaSet) + "/snapshots/" + ours.replicaSetSnapshot;
    }

    private static String host(String name) {
        return "{\"hostname\":\"" + name + "\",\"port\":27017}";
    }

    private static String restore(String snapshot) {
        return "{\"snapshotId\":\"" + snapshot + "\"}";
    }

    private void post(String path, String json) throws IOException {
        change("POST", path, json, 200);
    }

    private JsonNode change(String method, String path, String json, int status) throws IOException {
        WireAnswer answer = json.isEmpty()
                ? owner.send(method, path, List.of(), new byte[0])
                : owner.send(
                        method, path, List.of("Content-Type: application/json"), json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status())
                .as(method + " " + path + " " + json + "\n" + answer)
                .isEqualTo(status);
        return status == 204 ? null : answer.json();
    }

    private JsonNode get(String path) throws IOException {
        WireAnswer answer = owner.get(path);
        assertThat(answer.status()).as(path + "\n" + answer).isEqualTo(200);
        return answer.json();
    }

    private int count(String list) throws IOException {
        return get(list + "?itemsPerPage=1").get("totalCount").intValue();
    }

    private String link(JsonNode document, String rel) {
        for (JsonNode link : document.get("links")) {
            if (link.get("rel").textValue().equals(rel)) {
                return local(link.get("href").textValue());
            }
        }
        return null;
    }

    private String local(String url) {
        return url.substring(server.wiring.baseUrl().length());
    }

    private static JsonNode bare(JsonNode document) {
        ObjectNode bare = document.deepCopy();
        bare.remove("links");
        return bare;
    }
}
