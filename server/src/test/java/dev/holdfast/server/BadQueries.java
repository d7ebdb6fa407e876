package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;

/** Query parameters that must be refused, on everything that has them. */
final class BadQueries {
    private BadQueries() {}

    static List<AbuseCase> cases(WiredProject ours) {
        String clusterJobs = ours.path(ours.sharded) + "/restoreJobs";
        String clusterSnapshots = ours.path(ours.sharded) + "/snapshots";
        String hostSnapshots = ours.path(ours.mirrors.get(0)) + "/snapshots";
        List<AbuseCase> cases = new ArrayList<>();
        for (String list : List.of(
                WiredServer.API + "/groups",
                WiredServer.API + "/orgs",
                WiredServer.API + "/clusters",
                ours.path() + "/clusters",
                ours.path() + "/hosts",
                clusterSnapshots,
                hostSnapshots,
                clusterJobs,
                ours.path(ours.mirrors.get(0)) + "/restoreJobs")) {
            for (String name : List.of("pageNum", "itemsPerPage")) {
                each(
                        cases,
                        list,
                        name,
                        List.of(
                                "0",
                                "-1",
                                "1.5",
                                "x",
                                "",
                                "%20",
                                "1e999999999",
                                "0x1",
                                "-99999999999999999999",
                                "NaN",
                                "%D9%A1",
                                "1,2",
                                "1".repeat(1000)));
            }
        }
        for (String list : List.of(clusterSnapshots, hostSnapshots)) {
            each(cases, list, "completed", List.of("", "maybe", "1", "true%0A"));
        }
        for (String name : List.of("batchId", "batchid", "BATCH-ID")) {
            each(cases, clusterJobs, name, List.of("", "x", "0".repeat(23), "0".repeat(25), "F".repeat(24), "%27--"));
        }
        each(cases, ours.path() + "/clusters", "parentClusterId", List.of("", "x", "0".repeat(25), "F".repeat(24)));
        each(cases, ours.path() + "/hosts", "clusterId", List.of("", "x", "0".repeat(25), "F".repeat(24)));
        return cases;
    }

    /** Parameters that must not disturb: unknown and malformed ones. */
    static List<String> harmless() {
        return List.of(
                "?",
                "?&",
                "?=",
                "?%",
                "?%zz=1",
                "?x=%ff",
                "?pretty=yes",
                "?envelope=1",
                "?a=b&a=c",
                "?pageNum=1.0",
                "?pageNum=1&pageNum=x",
                "?itemsPerPage=100000",
                "?includeCount=perhaps",
                "?PAGENUM=0",
                "?x=" + "y".repeat(4000),
                "?pageNum=%zz",
                "?pageNum=2147483647&itemsPerPage=500",
                "?%00=%00",
                "?" + "a&".repeat(1000),
                "??pageNum=0",
                "?pageNum=99999999999999999999&itemsPerPage=99999999999");
    }

    private static void each(List<AbuseCase> cases, String path, String name, List<String> values) {
        for (String value : values) {
            cases.add(AbuseCase.get("query parameter", path + "?" + name + "=" + value, "INVALID_QUERY_PARAMETER"));
        }
    }
}
