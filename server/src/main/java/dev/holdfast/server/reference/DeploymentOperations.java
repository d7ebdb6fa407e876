package dev.holdfast.server.reference;

import static dev.holdfast.server.reference.Attribute.of;
import static dev.holdfast.server.reference.Attribute.required;

import dev.holdfast.contract.publicapi.GroupJson;
import dev.holdfast.contract.publicapi.ProjectClustersJson;
import dev.holdfast.contract.publicapi.RootJson;
import dev.holdfast.server.reference.Operation.Shape;

/** Projects, organisations, clusters, hosts. */
final class DeploymentOperations {
    private DeploymentOperations() {}

    static void addTo(Catalogue all) {
        all.add(
                "GET",
                "",
                it -> it.saying("What answers here, and where to go on.").answering(200, Shape.ENTITY, RootJson.class));
        groups(all);
        clusters(all);
        hosts(all);
    }

    private static void groups(Catalogue all) {
        String one = "/groups/{groupId}";
        all.add("GET", "/groups", it -> it.saying("The projects that the key sees, by name."));
        all.add("GET", one, it -> it.saying("One project."));
        all.add(
                "GET",
                "/groups/byName/{name}",
                it -> it.saying("The project of that name, exactly as written.")
                        .answering(200, Shape.ENTITY, GroupJson.class));
        all.add(
                "POST",
                "/groups",
                it -> it.saying("Makes a project; whoever makes it becomes its owner.")
                        .taking(
                                required("name", "string", "unique in the installation"),
                                of(
                                        "orgId",
                                        "string",
                                        "the organisation that shall have it; without, it gets a new one")));
        all.add(
                "PATCH",
                one,
                it -> it.saying("Renames a project.").taking(required("name", "string", "unique in the installation")));
        all.add(
                "DELETE",
                one,
                it -> it.saying("Deletes a project that has no snapshots.").answering(200, Shape.EMPTY, null));
        all.add(
                "GET",
                "/orgs",
                it -> it.saying("The organisations that the key is a member of.")
                        .asking("name", "only those whose name begins so, in any case"));
        all.add("GET", "/orgs/{orgId}", it -> it.saying("One organisation."));
        all.add("GET", "/orgs/{orgId}/groups", it -> it.saying("Those projects of an organisation that the key sees."));
    }

    private static void clusters(Catalogue all) {
        String list = "/groups/{groupId}/clusters";
        all.add(
                "GET",
                "/clusters",
                it -> it.saying("The clusters of every project that the key sees, by project.")
                        .answering(200, Shape.LIST, ProjectClustersJson.class));
        all.add(
                "GET",
                list,
                it -> it.saying("The clusters of a project, in the order of their discovery.")
                        .asking("parentClusterId", "only the members of this sharded cluster"));
        all.add("GET", list + "/{clusterId}", it -> it.saying("One cluster."));
        all.add(
                "PATCH",
                list + "/{clusterId}",
                it -> it.saying("Renames a sharded cluster, and its members with it.")
                        .taking(required("clusterName", "string", "unique in the project")));
    }

    private static void hosts(Catalogue all) {
        String list = "/groups/{groupId}/hosts";
        all.add(
                "GET",
                list,
                it -> it.saying("The hosts of a project, by host name and port.")
                        .asking("clusterId", "only those of this cluster and of its members"));
        all.add("GET", list + "/{hostId}", it -> it.saying("One host."));
        all.add(
                "GET",
                list + "/byName/{hostPort}",
                it -> it.saying("The host at HOSTNAME:PORT.")
                        .answering(200, Shape.ENTITY, dev.holdfast.contract.publicapi.HostJson.class));
        all.add(
                "POST",
                list,
                it -> it.saying("Adds a host; 200 instead of 201 when it is known.")
                        .taking(
                                required("hostname", "string", "as the deployment itself names it"),
                                required("port", "integer", "1 to 65535")));
        all.add(
                "PATCH",
                list + "/{hostId}",
                it -> it.saying("Confirms what is known of a host; there is nothing that could be changed.")
                        .taking(of("logsEnabled", "boolean", "false")));
        all.add(
                "DELETE",
                list + "/{hostId}",
                it -> it.saying("Deletes a host that no snapshot was read from.")
                        .answering(200, Shape.EMPTY, null));
    }
}
