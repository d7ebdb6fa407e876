package dev.holdfast.server;

import dev.holdfast.server.access.AddressBlock;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Good values for the variables of every route of a wired server, their counterparts in the other project, and a client
 * that may call the route. Routes that are new find their values here by the names of their variables; a name that is
 * not here gets an id that nobody has.
 */
final class Examples implements AutoCloseable {
    /** An id that nobody has. */
    static final String UNKNOWN = "0123456789abcdef01234567";

    private final WiredServer server;
    private final Map<String, String> ours = new HashMap<>();
    private final Map<String, String> theirs = new HashMap<>();
    private final Map<String, SignedClient> clients = new HashMap<>();
    private final String agentToken;
    private final String hostJob;

    Examples(WiredServer server) throws IOException {
        this.server = server;
        WiredProject project = server.ours;
        fill(ours, project);
        fill(theirs, server.theirs);
        ours.put("keyId", server.member.id().hex());
        ours.put("userId", server.owner.id().hex());
        ours.put("address", "127.0.0.0%2F8");
        theirs.put("keyId", server.foreignKey.id().hex());
        theirs.put("userId", server.foreignKey.id().hex());
        for (var key : List.of(server.member, server.owner, server.foreignKey)) {
            server.wiring.keys().allow(key.id(), AddressBlock.parse("127.0.0.0/8"), WiredServer.START);
        }
        ours.put("jobId", job(server.client(server.owner), project));
        theirs.put("jobId", job(server.client(server.foreignKey), server.theirs));
        hostJob = client("owner")
                .post(
                        project.path(project.mirrors.get(0)) + "/restoreJobs",
                        "{\"snapshotId\":\"" + project.shardedSnapshot + "\"}")
                .json()
                .path("id")
                .asText();
        String list = WiredServer.API + "/admin/accessList";
        WireAnswer entry = client("global").post(list, "{\"cidrBlock\":\"127.0.0.0/8\",\"description\":\"loopback\"}");
        ours.put("entryId", entry.json().path("id").asText());
        agentToken = server.wiring
                .agentKeys()
                .createAgentKey(project.group.id(), "examples", WiredServer.START)
                .token();
    }

    private static void fill(Map<String, String> values, WiredProject project) {
        values.put("groupId", project.group.id().hex());
        values.put("orgId", project.group.orgId().hex());
        values.put("clusterId", project.replicaSet.id().hex());
        values.put("hostId", project.mirrors.get(0).id().hex());
        values.put("snapshotId", project.replicaSetSnapshot);
        values.put("name", project.group.name());
        values.put("hostPort", project.member.address());
    }

    private static String job(SignedClient client, WiredProject project) throws IOException {
        try (client) {
            return client.post(
                            project.path(project.replicaSet) + "/restoreJobs",
                            "{\"snapshotId\":\"" + project.replicaSetSnapshot + "\"}")
                    .json()
                    .at("/results/0/id")
                    .asText();
        }
    }

    /** The good value of a variable of a route. */
    String value(RouteEntry route, String variable) {
        boolean host = route.pattern().contains("{hostId}");
        if (host && variable.equals("jobId")) {
            return hostJob;
        }
        if (host && variable.equals("snapshotId")) {
            return server.ours.shardedSnapshot;
        }
        return ours.getOrDefault(variable, UNKNOWN);
    }

    /** The same of the other project. */
    String foreign(RouteEntry route, String variable) {
        boolean host = route.pattern().contains("{hostId}");
        return host && variable.equals("snapshotId")
                ? server.theirs.shardedSnapshot
                : theirs.getOrDefault(variable, UNKNOWN);
    }

    /** An id of nobody, of the variable's form. */
    static String unknown(String good) {
        return good.length() == 32 ? UNKNOWN + "00000000" : UNKNOWN;
    }

    /** The path of a route with good values. */
    String target(RouteEntry route) {
        return target(route, null, null);
    }

    /** The path of a route with good values, but for one variable. */
    String target(RouteEntry route, String variable, String value) {
        String target = route.pattern();
        for (String name : route.variables()) {
            target = target.replace("{" + name + "}", name.equals(variable) ? value : value(route, name));
        }
        return target;
    }

    /** Sends a request as somebody who may call the route, but is no stranger's friend. */
    WireAnswer send(RouteEntry route, String target, String contentType, byte[] body) throws IOException {
        return send(route.need(), route.method(), target, contentType, body);
    }

    /** The same with another method. */
    WireAnswer send(Need need, String method, String target, String contentType, byte[] body) throws IOException {
        List<String> headers = contentType == null ? List.of() : List.of("Content-Type: " + contentType);
        return switch (need) {
            case NOTHING -> client("owner").anonymous(method, target, headers, body);
            case AGENT -> client("owner").anonymous(method, target, with(headers), body);
            case ORG_READ, ORG_ADMIN -> client("org").send(method, target, headers, body);
            case GLOBAL_READ, GLOBAL_ADMIN -> client("global").send(method, target, headers, body);
            default -> client("owner").send(method, target, headers, body);
        };
    }

    private List<String> with(List<String> headers) {
        String bearer = "Authorization: Bearer " + agentToken;
        return headers.isEmpty() ? List.of(bearer) : List.of(headers.get(0), bearer);
    }

    private SignedClient client(String who) {
        return clients.computeIfAbsent(
                who,
                name -> server.client(
                        switch (name) {
                            case "org" -> server.orgOwner;
                            case "global" -> server.globalOwner;
                            default -> server.owner;
                        }));
    }

    @Override
    public void close() throws IOException {
        for (SignedClient client : clients.values()) {
            client.close();
        }
    }
}
