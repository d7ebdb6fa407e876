package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * The clusters of one project, in the list of all clusters.
 *
 * <p>Source: "Get All Clusters in All Projects". What Holdfast is not told (alerts, authentication, availability, sizes,
 * plan) is left out.
 */
public record ProjectClustersJson(
        List<Item> clusters, String groupId, String groupName, String orgId, String orgName, List<String> tags) {

    /**
     * A cluster that is no member of another.
     *
     * @param nodeCount its hosts that are known, those of its shards included
     * @param type {@code replica set} or {@code sharded cluster}
     * @param versions of its hosts, each once, sorted
     */
    public record Item(String clusterId, String name, int nodeCount, String type, List<String> versions) {}
}
