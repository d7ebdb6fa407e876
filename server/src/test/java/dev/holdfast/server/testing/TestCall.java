package dev.holdfast.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Caller;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as the HTTP layer would hand it over.
 *
 * @param target path and query as sent
 * @param parameters the path's variables, decoded; {@link TestApi} fills them in
 * @param headers names in lower case
 * @param json the body, null for none
 */
public record TestCall(
        String method,
        String target,
        Map<String, String> parameters,
        Map<String, String> headers,
        String json,
        Caller caller,
        Instant now)
        implements Call {

    /** Where every test's server is. */
    public static final String BASE_URL = "https://opsmgr.example.net:8443";

    /** A request without a body. */
    public static TestCall get(String target, Caller caller, Instant now) {
        return new TestCall("GET", target, Map.of(), Map.of(), null, caller, now);
    }

    /** A request with a JSON body. */
    public static TestCall post(String target, String json, Caller caller, Instant now) {
        return new TestCall("POST", target, Map.of(), Map.of(), json, caller, now);
    }

    /** The same request with its path matched. */
    public TestCall matched(Map<String, String> found) {
        return new TestCall(method, target, found, headers, json, caller, now);
    }

    @Override
    public String path() {
        String path = target.split("\\?", 2)[0];
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public String pathParameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    @Override
    public GroupId group() {
        String text = pathParameter("groupId");
        GroupId group = GroupId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_GROUP_ID, text));
        if (!caller.sees(group)) {
            throw new Refusal(ErrorCode.NOT_IN_GROUP);
        }
        return group;
    }

    @Override
    public OrgId org() {
        String text = pathParameter("orgId");
        OrgId org = OrgId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.ORG_NOT_FOUND, text));
        if (!caller.sees(org)) {
            throw new Refusal(ErrorCode.USER_CANNOT_ACCESS_ORG);
        }
        return org;
    }

    @Override
    public String query(String name) {
        return queries(name).stream().findFirst().orElse(null);
    }

    @Override
    public List<String> queries(String name) {
        String query = rawQuery();
        List<String> values = new ArrayList<>();
        for (String pair : (query == null ? "" : query).split("&")) {
            String[] parts = pair.split("=", 2);
            if (decode(parts[0]).equals(name)) {
                values.add(parts.length == 1 ? "" : decode(parts[1]));
            }
        }
        return values;
    }

    @Override
    public List<ObjectNode> bodyItems() {
        List<ObjectNode> items = new ArrayList<>();
        try {
            for (JsonNode item : ApiJson.mapper().readTree(json == null ? "" : json)) {
                items.add((ObjectNode) item);
            }
            return items;
        } catch (JsonProcessingException | ClassCastException e) {
            throw new Refusal(ErrorCode.INVALID_JSON);
        }
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public ObjectNode body() {
        try {
            JsonNode node = ApiJson.mapper().readTree(json == null ? "" : json);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // refused below
        }
        throw new Refusal(ErrorCode.INVALID_JSON);
    }

    @Override
    public String baseUrl() {
        return BASE_URL;
    }

    @Override
    public String rawQuery() {
        String[] parts = target.split("\\?", 2);
        return parts.length == 1 ? null : parts[1];
    }

    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
