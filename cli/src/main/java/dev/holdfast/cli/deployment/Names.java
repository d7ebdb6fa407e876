package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.CliTrouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Turns what an operator types into an entity of the API. */
public final class Names {
    private final Api api;

    /** Names of one server. */
    public Names(Api api) {
        this.api = api;
    }

    /**
     * The project of that id or name.
     *
     * @param given null for the only project that the key sees
     */
    public JsonNode project(String given) throws IOException, InterruptedException {
        List<JsonNode> all = api.list("/groups");
        if (given != null) {
            return the("project", given, all, project -> List.of(text(project, "id"), text(project, "name")));
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        throw CliTrouble.failed(
                all.isEmpty() ? "this key sees no project" : "this key sees " + all.size() + " projects",
                all.isEmpty()
                        ? "grant it a role in a project."
                        : "name one with --project, HOLDFAST_PROJECT or in the profile: " + names(all, "name"));
    }

    /** All projects that the key sees, or the one that is given. */
    public List<JsonNode> projects(String given) throws IOException, InterruptedException {
        return given == null ? api.list("/groups") : List.of(project(given));
    }

    /**
     * The cluster of that id or name.
     *
     * @param group id of the project
     */
    public JsonNode cluster(String group, String given) throws IOException, InterruptedException {
        return the("cluster", given, clusters(group), Names::namesOfCluster);
    }

    /** The host of that id, {@code name:port}, or name if only one host has it. */
    public JsonNode host(String group, String given) throws IOException, InterruptedException {
        return the(
                "host",
                given,
                hosts(group),
                host -> List.of(
                        text(host, "id"), text(host, "hostname") + ":" + text(host, "port"), text(host, "hostname")));
    }

    /** The clusters of a project, in the server's order. */
    public List<JsonNode> clusters(String group) throws IOException, InterruptedException {
        return api.list("/groups/" + group + "/clusters");
    }

    /** The hosts of a project. */
    public List<JsonNode> hosts(String group) throws IOException, InterruptedException {
        return api.list("/groups/" + group + "/hosts");
    }

    // a shard bears its parent's name as clusterName: that one means the whole
    private static List<String> namesOfCluster(JsonNode cluster) {
        List<String> names = new ArrayList<>(List.of(text(cluster, "id"), text(cluster, "replicaSetName")));
        if (!cluster.has("shardName") && !text(cluster, "typeName").startsWith("CONFIG_")) {
            names.add(text(cluster, "clusterName"));
        }
        return names;
    }

    private static JsonNode the(String kind, String given, List<JsonNode> all, Function<JsonNode, List<String>> names)
            throws CliTrouble {
        List<JsonNode> found =
                all.stream().filter(one -> names.apply(one).contains(given)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty()
                ? CliTrouble.failed(
                        "there is no " + kind + " " + given + " that this key sees",
                        "holdfast " + kind + "s list shows what there is.")
                : CliTrouble.failed(
                        "there are " + found.size() + " " + kind + "s called " + given,
                        "give the id of one: " + names(found, "id"));
    }

    private static String names(List<JsonNode> all, String field) {
        return String.join(
                ", ", all.stream().limit(10).map(one -> text(one, field)).toList());
    }

    private static String text(JsonNode entity, String field) {
        return entity.path(field).asText();
    }
}
