package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.cli.CliTrouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** Restore jobs of one server. */
public final class Jobs {
    private static final String CONFIG_SERVER = "SHARD_CONFIG";

    private final Api api;
    private final Names names;

    /** Jobs of one server. */
    public Jobs(Api api) {
        this.api = api;
        this.names = new Names(api);
    }

    /**
     * The job of that id, or the jobs of the batch of that id.
     *
     * @param project id or name of the project to look in; null to look in all
     * @throws CliTrouble if there is neither
     */
    public List<JsonNode> find(String project, String id) throws IOException, InterruptedException {
        if (!id.matches("[0-9a-f]{24}")) {
            throw CliTrouble.failed(
                    "not the id of a restore job: " + id, "it has 24 hexadecimal digits; see holdfast jobs list.");
        }
        for (JsonNode group : names.projects(project)) {
            List<String> places = places(group.path("id").asText());
            for (String place : places) {
                JsonNode job = look(place + "/restoreJobs/" + id);
                if (job != null) {
                    return List.of(job);
                }
            }
            List<JsonNode> batch = batch(places, id);
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        throw CliTrouble.failed(
                "there is no restore job or batch " + id + " that this key sees",
                "holdfast jobs list shows the jobs there are.");
    }

    /** A shard shows its own part of a batch, and only the whole cluster all of it: so every cluster is asked. */
    private List<JsonNode> batch(List<String> places, String id) throws IOException, InterruptedException {
        LinkedHashMap<String, JsonNode> jobs = new LinkedHashMap<>();
        for (String place : places) {
            if (!place.contains("/hosts/")) { // which know no batches
                for (JsonNode job : list(place + "/restoreJobs?batchId=" + id)) {
                    jobs.put(job.path("id").asText(), job);
                }
            }
        }
        return List.copyOf(jobs.values());
    }

    /** All jobs of a project, newest first. */
    public List<JsonNode> all(String group) throws IOException, InterruptedException {
        TreeMap<String, JsonNode> jobs = new TreeMap<>(); // a job of a shard is in its parent's list too
        for (String place : places(group)) {
            for (JsonNode job : list(place + "/restoreJobs")) {
                jobs.put(job.path("id").asText(), job);
            }
        }
        List<JsonNode> sorted = new ArrayList<>(jobs.values());
        sorted.sort(Comparator.comparing((JsonNode job) -> job.path("created").asText())
                .thenComparing(job -> job.path("id").asText())
                .reversed());
        return sorted;
    }

    /** The same job as it is now. */
    public JsonNode again(JsonNode job) throws IOException, InterruptedException {
        return api.get(place(job) + "/restoreJobs/" + job.path("id").asText());
    }

    /** Path of the host or cluster that a job restores. */
    public static String place(JsonNode job) {
        String group = "/groups/" + job.path("groupId").asText();
        return job.hasNonNull("hostId")
                ? group + "/hosts/" + job.path("hostId").asText()
                : group + "/clusters/" + job.path("clusterId").asText();
    }

    /** Paths of whatever can have restore jobs. */
    private List<String> places(String group) throws IOException, InterruptedException {
        List<String> places = new ArrayList<>();
        for (JsonNode cluster : names.clusters(group)) {
            places.add("/groups/" + group + "/clusters/" + cluster.path("id").asText());
        }
        for (JsonNode host : names.hosts(group)) {
            if (host.path("typeName").asText().contains(CONFIG_SERVER)) {
                places.add("/groups/" + group + "/hosts/" + host.path("id").asText());
            }
        }
        return places;
    }

    private List<JsonNode> list(String path) throws IOException, InterruptedException {
        try {
            return api.list(path);
        } catch (ApiRefusal refusal) {
            if (refusal.status() == 404) {
                return List.of(); // a config server that is not mirrored
            }
            throw refusal;
        }
    }

    private JsonNode look(String path) throws IOException, InterruptedException {
        try {
            return api.get(path);
        } catch (ApiRefusal refusal) {
            if (refusal.status() == 404) {
                return null; // not here, or a config server that is not mirrored
            }
            throw refusal;
        }
    }
}
