package dev.holdfast.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every id of every path of the public API, spoiled in every way. */
final class BadPaths {
    private static final String API = WiredServer.API;
    private static final String UNKNOWN = "0".repeat(24);

    private final WiredProject ours;
    private final WiredProject theirs;
    private final String job;
    private final String configJob;

    /** {@code job} is a job of our replica set, {@code configJob} one of our first mirror. */
    BadPaths(WiredServer server, String job, String configJob) {
        this.ours = server.ours;
        this.theirs = server.theirs;
        this.job = job;
        this.configJob = configJob;
    }

    List<AbuseCase> cases() {
        List<AbuseCase> cases = new ArrayList<>();
        String group = API + "/groups/{}";
        for (String rest : List.of("", "/clusters", "/hosts", "/hosts/byName/" + ours.member.address())) {
            addGroups(cases, group + rest);
        }
        for (String rest : List.of("", "/snapshots", "/restoreJobs")) {
            addGroups(cases, group + "/clusters/" + ours.replicaSet.id() + rest);
            addGroups(cases, group + "/hosts/" + ours.mirrors.get(0).id() + rest);
            add(
                    cases,
                    ours.path() + "/clusters/{}" + rest,
                    ours.replicaSet.id().hex(),
                    theirs.replicaSet.id().hex(),
                    "INVALID_CLUSTER_ID",
                    "CLUSTER_NOT_FOUND");
            add(
                    cases,
                    ours.path() + "/hosts/{}" + rest,
                    ours.mirrors.get(0).id().hex(),
                    theirs.mirrors.get(0).id().hex(),
                    "HOST_NOT_FOUND",
                    "HOST_NOT_FOUND");
        }
        for (String rest : List.of("/snapshots/" + ours.shardedSnapshot, "/restoreJobs/" + job)) {
            addGroups(cases, group + "/clusters/" + ours.sharded.id() + rest);
            addGroups(cases, group + "/hosts/" + ours.mirrors.get(0).id() + rest);
            add(
                    cases,
                    ours.path() + "/clusters/{}" + rest,
                    ours.replicaSet.id().hex(),
                    theirs.sharded.id().hex(),
                    "INVALID_CLUSTER_ID",
                    "CLUSTER_NOT_FOUND");
            add(
                    cases,
                    ours.path() + "/hosts/{}" + rest,
                    ours.mirrors.get(0).id().hex(),
                    theirs.mirrors.get(0).id().hex(),
                    "HOST_NOT_FOUND",
                    "HOST_NOT_FOUND");
        }
        add(
                cases,
                ours.path(ours.replicaSet) + "/snapshots/{}",
                ours.replicaSetSnapshot,
                theirs.replicaSetSnapshot,
                "INVALID_SNAPSHOT_ID",
                "SNAPSHOT_NOT_FOUND");
        add(
                cases,
                ours.path(ours.mirrors.get(0)) + "/snapshots/{}",
                ours.shardedSnapshot,
                theirs.shardedSnapshot,
                "INVALID_SNAPSHOT_ID",
                "CONFIG_SNAPSHOT_NOT_FOUND");
        add(
                cases,
                ours.path(ours.replicaSet) + "/restoreJobs/{}",
                job,
                configJob,
                "INVALID_JOB_ID",
                "RESTORE_JOB_NOT_FOUND");
        add(
                cases,
                ours.path(ours.mirrors.get(0)) + "/restoreJobs/{}",
                configJob,
                job,
                "INVALID_JOB_ID",
                "CONFIG_RESTORE_JOB_NOT_FOUND");
        addNames(cases);
        return cases;
    }

    /** A malformed project id is INVALID_GROUP_ID; one that the caller is no member of says no more than that. */
    private void addGroups(List<AbuseCase> cases, String path) {
        add(cases, path, ours.group.id().hex(), theirs.group.id().hex(), "INVALID_GROUP_ID", "NOT_IN_GROUP");
    }

    static void add(List<AbuseCase> cases, String path, String good, String foreign, String malformed, String unknown) {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(good.substring(1), malformed);
        bad.put(good + "0", malformed);
        bad.put(good.substring(0, good.length() - 1) + "F", malformed);
        bad.put(good.substring(0, good.length() - 1) + "g", malformed);
        bad.put("%20" + good, malformed);
        bad.put(good + "%0A", malformed);
        bad.put("%EF%BC%91" + good.substring(1), malformed);
        bad.put("null", malformed);
        bad.put("-1", malformed);
        bad.put("x".repeat(2000), malformed);
        bad.put("%27%20OR%201=1--", malformed);
        bad.put("..", malformed);
        bad.put("%2e%2e%2f", malformed);
        bad.put("{}", malformed);
        bad.put(good + "%00", "RESOURCE_NOT_FOUND");
        bad.put("%", "RESOURCE_NOT_FOUND");
        bad.put("%zz", "RESOURCE_NOT_FOUND");
        bad.put("%ff%fe", "RESOURCE_NOT_FOUND");
        bad.put("%c0%af", "RESOURCE_NOT_FOUND");
        bad.put(good + "/", "");
        bad.put(foreign, unknown);
        bad.put(UNKNOWN + (good.length() == 32 ? "00000000" : ""), unknown);
        bad.forEach((id, code) -> {
            String target = path.replace("{}", id);
            if (!id.endsWith("/")) {
                cases.add(AbuseCase.get("bad id", target, code));
            } else if (!path.endsWith("{}")) {
                // an empty segment within; at the end it is the slash that is allowed
                cases.add(AbuseCase.get("empty segment", target, "RESOURCE_NOT_FOUND"));
            }
        });
        if (!path.endsWith("{}")) {
            cases.add(AbuseCase.get("no id", path.replace("{}", ""), "RESOURCE_NOT_FOUND"));
        }
    }

    private void addNames(List<AbuseCase> cases) {
        for (String name :
                List.of(theirs.group.name(), "%20", "x".repeat(3000), "%27", "null", "a%2Fb", "%F0%9F%92%A3")) {
            cases.add(AbuseCase.get("project name", API + "/groups/byName/" + name, "GROUP_NAME_NOT_FOUND"));
        }
        for (String name : List.of(
                theirs.member.address(),
                ours.member.hostname(),
                ours.member.hostname() + ":",
                ours.member.hostname() + ":0",
                ours.member.hostname() + ":99999",
                ours.member.hostname() + ":-27017",
                ours.member.hostname() + ":27017:27017",
                ":27017",
                ":",
                "%3A",
                "x".repeat(3000) + ":1",
                ours.member.hostname() + ":2701%37%20",
                ours.member.hostname() + ":%D9%A2")) {
            cases.add(AbuseCase.get("host name", ours.path() + "/hosts/byName/" + name, "HOSTNAME_AND_PORT_NOT_FOUND"));
        }
        for (String path : List.of(
                API + "/groups/byName",
                API + "/group",
                API + "//groups",
                API + "/groups//",
                API + "/Groups",
                API + "/groups/../groups",
                API + "/./groups",
                API + "/%67roups",
                API + "/groups;x=1",
                API + "/orgs/%00",
                API + "/groups/byName/a/b",
                ours.path() + "/hosts/byName/a:1/snapshots",
                API + "/" + "x/".repeat(200))) {
            boolean name = path.endsWith("byName");
            cases.add(AbuseCase.get("no such path", path, name ? "INVALID_GROUP_ID" : "RESOURCE_NOT_FOUND"));
        }
    }
}
