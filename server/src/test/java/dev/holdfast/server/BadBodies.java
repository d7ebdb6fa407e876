package dev.holdfast.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies of {@code POST restoreJobs} and {@code POST hosts} in which one thing is wrong. */
final class BadBodies {
    private static final String UNKNOWN = "0".repeat(24);
    private static final List<String> NO_NUMBERS = List.of(
            "true", "[]", "[1]", "{}", "\"\"", "\"abc\"", "\"1.5\"", "1.5", "\"0x10\"", "\"1e3\"", "\"\\u0661\"");
    private static final List<String> TOO_SMALL = List.of("0", "-1", "\"-1\"", "\"0\"", "-1.0", "-9223372036854775808");
    private static final List<String> TOO_LARGE = List.of(
            "9223372036854775807", "9223372036854775808", "\"99999999999999999999\"", "1e300", "1e400", "4294967297");
    private static final List<String> NO_TEXTS = List.of("1", "true", "[]", "{}", "[\"a\"]");
    private static final List<String> NO_OBJECTS = List.of("1", "true", "[]", "\"HTTP\"", "[{}]");

    private final List<AbuseCase> cases = new ArrayList<>();
    private final WiredServer server;

    BadBodies(WiredServer server) {
        this.server = server;
    }

    /** What was added so far. */
    List<AbuseCase> added() {
        return cases;
    }

    List<AbuseCase> cases() {
        WiredProject ours = server.ours;
        jobs(
                ours.path(ours.replicaSet),
                ours.replicaSetSnapshot,
                server.theirs.replicaSetSnapshot,
                "SNAPSHOT_NOT_FOUND",
                true);
        jobs(ours.path(ours.sharded), ours.shardedSnapshot, ours.replicaSetSnapshot, "SNAPSHOT_NOT_FOUND", true);
        jobs(
                ours.path(ours.mirrors.get(0)),
                ours.shardedSnapshot,
                server.theirs.shardedSnapshot,
                "CONFIG_SNAPSHOT_NOT_FOUND",
                false);
        hosts(ours.path() + "/hosts");
        return cases;
    }

    private void jobs(String owner, String snapshot, String foreign, String notFound, boolean cluster) {
        String path = owner + "/restoreJobs";
        String good = "\"snapshotId\":\"" + snapshot + "\"";
        String limited = good + ",\"delivery\":{\"methodName\":\"HTTP\",";
        syntax(path, good, "snapshotId", "delivery");

        each(path, "{\"snapshotId\":", NO_TEXTS, "}", "INVALID_JSON_ATTRIBUTE");
        each(path, "{", List.of("", "\"snapshotId\":null", "\"delivery\":{}"), "}", "MISSING_ATTRIBUTE");
        each(
                path,
                "{\"snapshotId\":\"",
                List.of(
                        "",
                        " ",
                        snapshot.substring(1),
                        snapshot + "0",
                        snapshot.substring(1) + "A",
                        "x".repeat(9999),
                        "../" + snapshot,
                        "\\n" + snapshot,
                        "\ud83d\udca3"),
                "\"}",
                "INVALID_SNAPSHOT_ID");
        each(path, "{\"snapshotId\":\"", List.of(UNKNOWN, foreign), "\"}", notFound);

        each(path, "{" + good + ",\"delivery\":", NO_OBJECTS, "}", "INVALID_JSON_ATTRIBUTE");
        for (String name : List.of("maxDownloads", "expirationHours")) {
            String before = "{" + limited + "\"" + name + "\":";
            each(path, before, NO_NUMBERS, "}}", "INVALID_JSON_ATTRIBUTE");
            each(path, before, TOO_SMALL, "}}", "ATTRIBUTE_NEGATIVE_OR_ZERO");
            each(path, before, TOO_LARGE, "}}", "INVALID_ATTRIBUTE");
        }
        each(
                path,
                "{" + limited + "\"expirationHours\":",
                List.of("49", "\"100\"", "8760"),
                "}}",
                "LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION");
        each(path, "{" + limited + "\"expires\":", NO_TEXTS, "}}", "INVALID_JSON_ATTRIBUTE");
        each(
                path,
                "{" + limited + "\"expires\":\"",
                List.of(
                        "",
                        "soon",
                        "2016-13-01",
                        "2016-02-30T00:00:00Z",
                        "2016-03-04T22:07:27Z",
                        "2015-01-01",
                        "1457129247",
                        "2016-03-05T25:00:00Z",
                        "+999999999-01-01T00:00:00Z",
                        "9999-12-31T23:59:59Z",
                        "x".repeat(5000)),
                "\"}}",
                "INVALID_ATTRIBUTE");
        each(
                path,
                "{" + limited + "\"expires\":\"",
                List.of("2016-03-07", "2016-03-06T22:07:28Z", "2016-03-06T22:07:27-01:00"),
                "\"}}",
                "LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION");
        if (cluster) {
            each(
                    path,
                    "{" + limited + "\"expires\":\"2016-03-05\",\"expirationHours\":",
                    List.of("1", "\"1\""),
                    "}}",
                    "INVALID_ATTRIBUTE");
        }
        each(path, "{" + good + ",\"delivery\":{\"methodName\":", NO_TEXTS, "}}", "INVALID_JSON_ATTRIBUTE");
        each(
                path,
                "{" + good + ",\"delivery\":{\"methodName\":\"",
                List.of("", "SCP", "QUERY", "http", "HTTP ", "x".repeat(5000)),
                "\"}}",
                "UNSUPPORTED_DELIVERY_METHOD");
        each(
                path,
                "{" + good + ",\"delivery\":{\"methodName\":\"",
                List.of("AUTOMATED_RESTORE"),
                "\"}}",
                cluster ? "MISSING_ATTRIBUTE" : "UNSUPPORTED_DELIVERY_METHOD");
        each(
                path,
                "{" + limited,
                List.of("\"mode\":1", "\"maxdownloads\":1", "\"\":1", "\"a.b\":{}"),
                "}}",
                "INVALID_ATTRIBUTE");
        each(
                path,
                "{" + good + ",",
                List.of("\"mode\":1", "\"SnapshotId\":1", "\"\":1", "\"__proto__\":{}"),
                "}",
                "INVALID_ATTRIBUTE");
        for (String name : List.of(
                "batchId", "clusterId", "created", "groupId", "hashes", "hostId", "id", "links", "statusName")) {
            each(path, "{" + good + ",\"" + name + "\":", List.of("\"x\"", "null", "[]"), "}", "ATTRIBUTE_READ_ONLY");
        }
        for (String name : List.of("checkpointId", "checkPointId")) {
            each(path, "{" + good + ",\"" + name + "\":", NO_TEXTS, "}", "INVALID_JSON_ATTRIBUTE");
            each(path, "{" + good + ",\"" + name + "\":", List.of("\"\"", "\"zz\""), "}", "INVALID_CHECKPOINT_ID");
            each(path, "{" + good + ",\"" + name + "\":", List.of("\"" + UNKNOWN + "\""), "}", "CHECKPOINT_NOT_FOUND");
        }
        for (String name : List.of("oplogTs", "oplogInc", "pointInTimeUTCMillis")) {
            each(path, "{" + good + ",\"" + name + "\":", NO_NUMBERS, "}", "INVALID_JSON_ATTRIBUTE");
        }
        for (String name : List.of("oplogTs", "oplogInc")) {
            each(path, "{\"" + name + "\":", List.of("1", "\"1\""), "}", "MISSING_ATTRIBUTE");
            each(path, "{\"" + name + "\":", List.of("1456098690000"), "}", "INVALID_ATTRIBUTE");
        }
        each(path, "{\"oplogInc\":1,\"oplogTs\":", List.of("1", "\"1\""), "}", "NO_CHECKPOINT_FOR_PIT_RESTORE");
        each(
                path,
                "{\"pointInTimeUTCMillis\":",
                List.of("1", "\"1\"", "1456098690001"),
                "}",
                "NO_CHECKPOINT_FOR_PIT_RESTORE");
        each(path, "{" + good + ",\"timestamp\":", NO_OBJECTS, "}", "INVALID_JSON_ATTRIBUTE");
        each(
                path,
                "{" + good + ",\"timestamp\":{\"date\":",
                List.of("\"2016-03-04T22:07:27.5Z\""),
                "}}",
                "FRACTIONAL_TIMESTAMP");
        each(
                path,
                "{" + good + ",\"timestamp\":{\"date\":",
                List.of("\"2016-03-04T22:07:27Z\""),
                "}}",
                "NO_CHECKPOINT_FOR_PIT_RESTORE");
    }

    private void hosts(String path) {
        String good = "\"hostname\":\"h.example.net\",\"port\":27017";
        syntax(path, good, "hostname", "port");
        each(path, "{\"port\":1,\"hostname\":", NO_TEXTS, "}", "INVALID_JSON_ATTRIBUTE");
        each(
                path,
                "{\"port\":1",
                List.of("", ",\"hostname\":null", ",\"hostname\":\"\"", ",\"hostname\":\" \""),
                "}",
                "MISSING_ATTRIBUTE");
        each(
                path,
                "{\"port\":1,\"hostname\":\"",
                List.of("a b", "a/b", "a\\nb", "<script>", "h\u00e4st", "x".repeat(256), "a,b", "a;b", "${x}"),
                "\"}",
                "INVALID_ATTRIBUTE");
        each(path, "{\"hostname\":\"h\"", List.of("", ",\"port\":null"), "}", "MISSING_ATTRIBUTE");
        each(path, "{\"hostname\":\"h\",\"port\":", NO_NUMBERS, "}", "INVALID_JSON_ATTRIBUTE");
        each(path, "{\"hostname\":\"h\",\"port\":", TOO_SMALL, "}", "ATTRIBUTE_NEGATIVE_OR_ZERO");
        each(path, "{\"hostname\":\"h\",\"port\":", TOO_LARGE, "}", "INVALID_ATTRIBUTE");
        each(path, "{\"hostname\":\"h\",\"port\":", List.of("65536", "\"65536\""), "}", "INVALID_ATTRIBUTE");
        for (String name : List.of("id", "clusterId", "typeName", "version", "links", "created", "ipAddress")) {
            each(path, "{" + good + ",\"" + name + "\":", List.of("\"x\"", "null", "{}"), "}", "ATTRIBUTE_READ_ONLY");
        }
        each(
                path,
                "{" + good + ",\"groupId\":",
                List.of("\"" + server.theirs.group.id() + "\"", "\"\""),
                "}",
                "GROUP_MISMATCH");
        each(
                path,
                "{" + good + ",",
                List.of("\"x\":1", "\"Port\":1", "\"username\":\"u\"", "\"password\":\"p\""),
                "}",
                "INVALID_ATTRIBUTE");
        each(path, "{" + good + ",\"sslEnabled\":", List.of("1", "\"yes\"", "[]"), "}", "INVALID_JSON_ATTRIBUTE");
    }

    /** Bodies that are no object; {@code first} and {@code second} are attributes that could be there. */
    void syntax(String path, String good, String first, String second) {
        each(
                path,
                "",
                List.of(
                        "",
                        " ",
                        "null",
                        "1",
                        "\"x\"",
                        "[]",
                        "[{" + good + "}]",
                        "{",
                        "}",
                        "{}{}",
                        "true",
                        "{" + good + "} x",
                        "{" + good + "},",
                        "{" + good,
                        "{'" + first + "':1}",
                        "{" + first + ":1}",
                        "{" + good + ",}",
                        "\u0000",
                        "//\n{}",
                        "<job/>",
                        first + "=x&" + second + "=y",
                        "NaN",
                        "[".repeat(100_000),
                        "{\"" + second + "\":" + "{\"a\":".repeat(5000)),
                "",
                "INVALID_JSON|INVALID_JSON_ATTRIBUTE");
        cases.add(AbuseCase.post("deep", path, "[".repeat(100_000) + "]".repeat(100_000), "INVALID_JSON"));
        cases.add(AbuseCase.post(
                "deep attribute",
                path,
                "{" + good + ",\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
                "INVALID_JSON|INVALID_JSON_ATTRIBUTE"));
        cases.add(AbuseCase.post("twice", path, "{" + good + "," + good + "}", "INVALID_JSON|INVALID_JSON_ATTRIBUTE"));
        cases.add(AbuseCase.post("NUL", path, "{\"" + first + "\":\"a\\u0000b\"}", "INVALID_JSON_ATTRIBUTE"));
        cases.add(AbuseCase.post("lone surrogate", path, "{\"" + first + "\":\"\\ud83d\"}", "INVALID_JSON_ATTRIBUTE"));
        cases.add(AbuseCase.post(
                "huge number",
                path,
                "{\"" + second + "\":1" + "0".repeat(20_000) + "}",
                "INVALID_JSON|INVALID_JSON_ATTRIBUTE"));
        cases.add(AbuseCase.post("many attributes", path, many(), "INVALID_ATTRIBUTE"));
        byte[] latin = ("{\"" + first + "\":\"\u00e4\"}").getBytes(StandardCharsets.ISO_8859_1);
        cases.add(AbuseCase.post("Latin-1", path, latin, "INVALID_JSON"));
        byte[] utf16 = ("{" + good + "}").getBytes(StandardCharsets.UTF_16);
        cases.add(AbuseCase.post("UTF-16", path, utf16, "INVALID_JSON"));
        cases.add(AbuseCase.post("2 MiB", path, "{\"" + first + "\":\"" + "x".repeat(2 << 20) + "\"}", "413"));
        byte[] body = ("{" + good + "}").getBytes(StandardCharsets.UTF_8);
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonx",
                "json",
                "application/json; charset=utf-16",
                "multipart/form-data; boundary=x",
                ";",
                ",")) {
            cases.add(new AbuseCase("content type " + type, "POST", path, body, type, "415"));
        }
        cases.add(new AbuseCase("no content type", "POST", path, body, null, "415"));
        for (String method : List.of("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")) {
            cases.add(new AbuseCase("method", method, path, body, "application/json", "405"));
        }
    }

    void each(String path, String before, List<String> values, String after, String expected) {
        for (String value : values) {
            String json = before + value + after;
            String name = json.length() > 160 ? json.substring(0, 160) + "…" : json;
            cases.add(AbuseCase.post(name, path, json, expected));
        }
    }

    private static String many() {
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; i < 20_000; i++) {
            body.append("\"a").append(i).append("\":").append(i).append(',');
        }
        return body.append("\"z\":0}").toString();
    }
}
