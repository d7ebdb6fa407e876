package dev.holdfast.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be wrong with requests about keys, access lists, organisations and the changes of projects. */
final class BadKeys {
    private static final String API = WiredServer.API;
    private static final String UNKNOWN = "0".repeat(24);
    private static final List<String> NO_TEXTS = List.of("1", "true", "[]", "{}", "[\"a\"]");
    private static final List<String> BAD_ADDRESSES = List.of(
            "",
            " ",
            "localhost",
            "192.0.2",
            "192.0.2.256",
            "192.0.2.07",
            "0x7f.0.0.1",
            "192.0.2.7 ",
            "192.0.2.0/-1",
            "192.0.2.0/33",
            "192.0.2.0/024",
            "2001:db8::/129",
            "fe80::1%eth0",
            "::ffff:999.0.0.1",
            "\u0661.0.0.1",
            "' OR 1=1--",
            "x".repeat(1000));

    private final WiredServer server;
    private final WiredProject ours;
    private final WiredProject theirs;
    private final String orgKeys;
    private final String groupKeys;
    private final String member;

    BadKeys(WiredServer server) {
        this.server = server;
        this.ours = server.ours;
        this.theirs = server.theirs;
        this.orgKeys = ours.orgPath() + "/apiKeys";
        this.groupKeys = ours.path() + "/apiKeys";
        this.member = server.member.id().hex();
    }

    /** As a global owner calls them: who may see everything is told what is not there. */
    List<AbuseCase> paths() {
        List<AbuseCase> cases = new ArrayList<>();
        String org = ours.group.orgId().hex();
        for (String rest :
                List.of("", "/groups", "/apiKeys", "/apiKeys/" + member, "/apiKeys/" + member + "/accessList")) {
            BadPaths.add(cases, API + "/orgs/{}" + rest, org, UNKNOWN, "ORG_NOT_FOUND", "ORG_NOT_FOUND");
        }
        String foreign = server.foreignKey.id().hex();
        for (String rest : List.of("", "/accessList", "/whitelist", "/accessList/192.0.2.7", "/whitelist/192.0.2.7")) {
            BadPaths.add(cases, orgKeys + "/{}" + rest, member, foreign, "INVALID_KEY_ID", "API_KEY_NOT_FOUND");
        }
        BadPaths.add(cases, groupKeys + "/{}", member, foreign, "INVALID_KEY_ID", "API_KEY_NOT_FOUND");
        BadPaths.add(
                cases,
                API + "/admin/apiKeys/{}",
                server.globalOwner.id().hex(),
                member,
                "INVALID_KEY_ID",
                "API_KEY_NOT_FOUND");
        String group = ours.group.id().hex();
        BadPaths.add(cases, API + "/groups/{}/apiKeys", group, UNKNOWN, "INVALID_GROUP_ID", "GROUP_NOT_FOUND");
        for (String address : BAD_ADDRESSES) {
            if (!address.isEmpty()) {
                String segment = percent(address);
                cases.add(list("GET", "accessList/" + segment, "API_KEY_ACCESS_LIST_NOT_FOUND"));
                cases.add(list("DELETE", "accessList/" + segment, "API_KEY_ACCESS_LIST_NOT_FOUND"));
                cases.add(list("GET", "whitelist/" + segment, "API_KEY_WHITELIST_NOT_FOUND"));
            }
        }
        cases.add(list("GET", "accessList/192.0.2.0/24", "RESOURCE_NOT_FOUND"));
        for (String id : List.of("x", UNKNOWN, foreign)) {
            String code = id.equals("x") ? "INVALID_KEY_ID" : "API_KEY_NOT_FOUND";
            for (String path : List.of(orgKeys, groupKeys, API + "/admin/apiKeys")) {
                if (!id.equals(foreign) || path.equals(orgKeys)) {
                    cases.add(new AbuseCase("delete", "DELETE", path + "/" + id, null, null, code));
                    cases.add(patch("patch", path + "/" + id, "{\"desc\":\"x\"}", code));
                    cases.add(patch("id before body", path + "/" + id, "nonsense", code));
                }
            }
        }
        return cases;
    }

    /** As a global owner sends them. */
    List<AbuseCase> bodies() {
        BadBodies bodies = new BadBodies(server);
        keys(bodies, orgKeys, "ORG_MEMBER", "GROUP_OWNER");
        keys(bodies, groupKeys, "GROUP_READ_ONLY", "ORG_OWNER");
        keys(bodies, API + "/admin/apiKeys", "GLOBAL_READ_ONLY", "GROUP_OWNER");
        for (String spelling : List.of("accessList", "whitelist")) {
            lists(bodies, orgKeys + "/" + member + "/" + spelling, spelling.equals("whitelist"));
        }
        groups(bodies);
        List<AbuseCase> cases = new ArrayList<>(bodies.added());
        cases.addAll(patches());
        cases.add(new AbuseCase(
                "with snapshots", "DELETE", ours.path(), null, null, "CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP"));
        String own = orgKeys + "/" + server.orgOwner.id();
        cases.add(new AbuseCase("last owner", "DELETE", own, null, null, "VALIDATION_ERROR"));
        cases.add(patch("last owner", own, "{\"roles\":[\"ORG_MEMBER\"]}", "VALIDATION_ERROR"));
        cases.add(AbuseCase.post(
                "too late",
                API + "/unauth/users?whitelist=0.0.0.0%2F0",
                "{\"username\":\"x\",\"password\":\"x\",\"firstName\":\"x\",\"lastName\":\"x\"}",
                "CANNOT_CREATE_FIRST_USER_USERS_ALREADY_EXIST"));
        cases.add(
                AbuseCase.post("too late", API + "/unauth/users", "{", "CANNOT_CREATE_FIRST_USER_USERS_ALREADY_EXIST"));
        return cases;
    }

    /** As the owner of our organisation sends them: theirs and none are the same. */
    List<AbuseCase> foreign() {
        List<AbuseCase> cases = new ArrayList<>();
        for (String org : List.of(theirs.group.orgId().hex(), UNKNOWN)) {
            String path = API + "/orgs/" + org;
            String key = path + "/apiKeys/" + server.foreignKey.id();
            for (String rest : List.of("", "/groups", "/apiKeys")) {
                cases.add(AbuseCase.get("foreign", path + rest, "USER_CANNOT_ACCESS_ORG"));
            }
            for (String rest : List.of("", "/accessList", "/whitelist", "/accessList/192.0.2.7")) {
                cases.add(AbuseCase.get("foreign", key + rest, "USER_CANNOT_ACCESS_ORG"));
            }
            cases.add(AbuseCase.post("foreign", path + "/apiKeys", "{}", "USER_CANNOT_ACCESS_ORG"));
            cases.add(AbuseCase.post("foreign", key + "/accessList", "[]", "USER_CANNOT_ACCESS_ORG"));
            cases.add(patch("foreign", key, "{}", "USER_CANNOT_ACCESS_ORG"));
            cases.add(new AbuseCase("foreign", "DELETE", key, null, null, "USER_CANNOT_ACCESS_ORG"));
            cases.add(AbuseCase.post(
                    "foreign",
                    API + "/groups",
                    "{\"name\":\"x\",\"orgId\":\"" + org + "\"}",
                    "USER_CANNOT_ACCESS_ORG"));
        }
        for (String group : List.of(theirs.group.id().hex(), UNKNOWN)) {
            String path = API + "/groups/" + group;
            cases.add(AbuseCase.get("foreign", path + "/apiKeys", "NOT_IN_GROUP"));
            cases.add(AbuseCase.post("foreign", path + "/apiKeys", "{}", "NOT_IN_GROUP"));
            cases.add(patch("foreign", path + "/apiKeys/" + server.foreignKey.id(), "{}", "NOT_IN_GROUP"));
            cases.add(patch("foreign", path, "{\"name\":\"x\"}", "NOT_IN_GROUP"));
            cases.add(new AbuseCase("foreign", "DELETE", path, null, null, "NOT_IN_GROUP"));
        }
        cases.add(AbuseCase.get("foreign", orgKeys + "/" + server.foreignKey.id(), "API_KEY_NOT_FOUND"));
        return cases;
    }

    private void keys(BadBodies bodies, String path, String role, String otherScope) {
        String good = "\"desc\":\"d\",\"roles\":[\"" + role + "\"]";
        bodies.syntax(path, good, "desc", "roles");
        bodies.each(path, "{\"roles\":[\"" + role + "\"],\"desc\":", NO_TEXTS, "}", "INVALID_JSON_ATTRIBUTE");
        bodies.each(path, "{\"roles\":[\"" + role + "\"]", List.of("", ",\"desc\":null"), "}", "MISSING_ATTRIBUTE");
        bodies.each(
                path,
                "{\"roles\":[\"" + role + "\"],\"desc\":\"",
                List.of("", " ", "x".repeat(251)),
                "\"}",
                "INVALID_ATTRIBUTE");
        bodies.each(path, "{\"desc\":\"d\"", List.of("", ",\"roles\":null"), "}", "MISSING_ATTRIBUTE");
        bodies.each(
                path,
                "{\"desc\":\"d\",\"roles\":",
                List.of("1", "true", "{}", "\"" + role + "\"", "[1]", "[null]", "[[]]", "[{}]", "[\"" + role + "\",1]"),
                "}",
                "INVALID_JSON_ATTRIBUTE");
        bodies.each(path, "{\"desc\":\"d\",\"roles\":", List.of("[]"), "}", "INVALID_ATTRIBUTE");
        bodies.each(
                path,
                "{\"desc\":\"d\",\"roles\":[\"",
                List.of("", role.toLowerCase(Locale.ROOT), role + " ", otherScope, "x".repeat(5000)),
                "\"]}",
                "INVALID_ENUM_VALUE");
        for (String name : List.of("id", "links", "privateKey", "publicKey")) {
            bodies.each(
                    path,
                    "{" + good + ",\"" + name + "\":",
                    List.of("\"x\"", "null", "[]"),
                    "}",
                    "ATTRIBUTE_READ_ONLY");
        }
        bodies.each(
                path,
                "{" + good + ",",
                List.of("\"x\":1", "\"Desc\":1", "\"orgId\":1", "\"\":1"),
                "}",
                "INVALID_ATTRIBUTE");
    }

    private static void lists(BadBodies bodies, String path, boolean old) {
        String bad = old ? "BAD_WHITELIST_ADD_REQUEST" : "BAD_ACCESS_LIST_ADD_REQUEST";
        bodies.each(
                path,
                "",
                List.of(
                        "",
                        " ",
                        "null",
                        "1",
                        "\"x\"",
                        "{}",
                        "{\"ipAddress\":\"192.0.2.7\"}",
                        "[",
                        "]",
                        "[{]",
                        "[1]",
                        "[null]",
                        "[[]]",
                        "[\"192.0.2.7\"]",
                        "[{}] x",
                        "[{},]",
                        "[{\"ipAddress\":\"192.0.2.7\"},1]",
                        "[".repeat(100_000),
                        "[{\"a\":1,\"a\":2}]"),
                "",
                "INVALID_JSON|INVALID_JSON_ATTRIBUTE");
        bodies.each(path, "", List.of("[]"), "", bad);
        bodies.each(path, "[{\"ipAddress\":\"192.0.2.7\",\"cidrBlock\":\"", List.of("192.0.2.7/32"), "\"}]", bad);
        bodies.each(
                path, "[{", List.of("", "\"ipAddress\":null", "\"cidrBlock\":null"), "}]", "MISSING_ONE_OF_ATTRIBUTES");
        for (String name : List.of("ipAddress", "cidrBlock")) {
            bodies.each(path, "[{\"" + name + "\":", NO_TEXTS, "}]", "INVALID_JSON_ATTRIBUTE");
            bodies.each(path, "[{\"" + name + "\":\"", BAD_ADDRESSES, "\"}]", "INVALID_ATTRIBUTE");
            bodies.each(path, "[{\"" + name + "\":\"", List.of("a\\u0000b"), "\"}]", "INVALID_JSON_ATTRIBUTE");
        }
        bodies.each(path, "[{\"ipAddress\":\"", List.of("192.0.2.0/24", "::/0"), "\"}]", "INVALID_ATTRIBUTE");
        bodies.each(
                path,
                "[{\"ipAddress\":\"192.0.2.7\"},{",
                List.of(
                        "\"ipAddress\":\"192.0.2.7\"",
                        "\"cidrBlock\":\"192.0.2.7/32\"",
                        "\"ipAddress\":\"::ffff:192.0.2.7\""),
                "}]",
                "DUPLICATE_ADDRESSES_IN_INPUT");
        for (String name : List.of("count", "created", "lastUsed", "lastUsedAddress", "links")) {
            bodies.each(
                    path,
                    "[{\"ipAddress\":\"192.0.2.7\",\"" + name + "\":",
                    List.of("1", "null"),
                    "}]",
                    "ATTRIBUTE_READ_ONLY");
        }
        bodies.each(
                path,
                "[{\"ipAddress\":\"192.0.2.7\",",
                List.of("\"x\":1", "\"comment\":\"\""),
                "}]",
                "INVALID_ATTRIBUTE");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 201; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{\"ipAddress\":\"10.0.0.")
                    .append(i)
                    .append("\"}");
        }
        bodies.each(path, "[", List.of(many.toString()), "]", "VALIDATION_ERROR");
    }

    private void groups(BadBodies bodies) {
        String path = API + "/groups";
        bodies.syntax(path, "\"name\":\"new\"", "name", "orgId");
        bodies.each(path, "{\"name\":", NO_TEXTS, "}", "INVALID_JSON_ATTRIBUTE");
        bodies.each(
                path, "{", List.of("", "\"name\":null", "\"name\":\"\"", "\"name\":\" \""), "}", "MISSING_ATTRIBUTE");
        bodies.each(path, "{\"name\":\"", List.of("a\\nb", "\\u007f", "x".repeat(256)), "\"}", "INVALID_ATTRIBUTE");
        bodies.each(path, "{\"name\":\"", List.of(ours.group.name()), "\"}", "GROUP_ALREADY_EXISTS");
        bodies.each(path, "{\"name\":\"new\",\"orgId\":", NO_TEXTS, "}", "INVALID_JSON_ATTRIBUTE");
        bodies.each(
                path,
                "{\"name\":\"new\",\"orgId\":\"",
                List.of("", "x", UNKNOWN, "x".repeat(5000)),
                "\"}",
                "ORG_NOT_FOUND");
        for (String name : List.of("id", "links", "hostCounts", "publicApiEnabled", "shardCount", "agentApiKey")) {
            bodies.each(path, "{\"name\":\"new\",\"" + name + "\":", List.of("1", "null"), "}", "ATTRIBUTE_READ_ONLY");
        }
        bodies.each(
                path, "{\"name\":\"new\",", List.of("\"x\":1", "\"Name\":\"n\"", "\"\":1"), "}", "INVALID_ATTRIBUTE");
    }

    private List<AbuseCase> patches() {
        List<AbuseCase> cases = new ArrayList<>();
        for (String path : List.of(
                orgKeys + "/" + member, groupKeys + "/" + member, API + "/admin/apiKeys/" + server.globalOwner.id())) {
            cases.add(patch("nothing", path, "{}", "MISSING_ONE_OF_ATTRIBUTES"));
            cases.add(patch("nulls", path, "{\"desc\":null,\"roles\":null}", "MISSING_ONE_OF_ATTRIBUTES"));
            cases.add(patch("no role", path, "{\"roles\":[]}", "INVALID_ATTRIBUTE"));
            cases.add(patch("no such role", path, "{\"roles\":[\"OWNER\"]}", "INVALID_ENUM_VALUE"));
            cases.add(patch("empty desc", path, "{\"desc\":\"\"}", "INVALID_ATTRIBUTE"));
            cases.add(patch("long desc", path, "{\"desc\":\"" + "x".repeat(251) + "\"}", "INVALID_ATTRIBUTE"));
            cases.add(patch("read only", path, "{\"desc\":\"x\",\"privateKey\":\"x\"}", "ATTRIBUTE_READ_ONLY"));
            cases.add(patch("unknown", path, "{\"x\":1}", "INVALID_ATTRIBUTE"));
            cases.add(patch("array", path, "[]", "INVALID_JSON"));
            cases.add(new AbuseCase("type", "PATCH", path, "{}".getBytes(StandardCharsets.UTF_8), "text/plain", "415"));
        }
        String group = ours.path();
        cases.add(patch("no name", group, "{}", "MISSING_ATTRIBUTE"));
        cases.add(patch("number", group, "{\"name\":1}", "INVALID_JSON_ATTRIBUTE"));
        cases.add(patch("bad name", group, "{\"name\":\"a\\nb\"}", "INVALID_ATTRIBUTE"));
        cases.add(patch("taken", group, "{\"name\":\"" + theirs.group.name() + "\"}", "GROUP_ALREADY_EXISTS"));
        cases.add(patch("organisation", group, "{\"name\":\"n\",\"orgId\":\"x\"}", "ATTRIBUTE_READ_ONLY"));
        cases.add(patch("unknown", group, "{\"name\":\"n\",\"x\":1}", "INVALID_ATTRIBUTE"));
        return cases;
    }

    private AbuseCase list(String method, String rest, String expected) {
        return new AbuseCase("address", method, orgKeys + "/" + member + "/" + rest, null, null, expected);
    }

    private static AbuseCase patch(String name, String path, String json, String expected) {
        return new AbuseCase(name, "PATCH", path, json.getBytes(StandardCharsets.UTF_8), "application/json", expected);
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(String.format("%02X", b));
        }
        return encoded.toString();
    }
}
