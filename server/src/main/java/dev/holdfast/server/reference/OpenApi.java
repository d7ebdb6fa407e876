package dev.holdfast.server.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.reference.Operation.Shape;
import java.util.List;
import java.util.Locale;

/** Writes the OpenAPI 3.1 document of a list of routes. Source: the OpenAPI Specification 3.1.1. */
public final class OpenApi {
    private static final String JSON = "application/json";
    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectMapper mapper = ApiJson.mapper();
    private final Catalogue catalogue;
    private final String version;

    /** {@code version}: of what answers. */
    public OpenApi(Catalogue catalogue, String version) {
        this.catalogue = catalogue;
        this.version = version;
    }

    /** The document; {@code server} is where the paths begin, without a final slash. */
    public ObjectNode document(List<RouteEntry> routes, String server) {
        Schemas schemas = new Schemas(SCHEMAS);
        ObjectNode document = mapper.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Holdfast")
                .put("version", version)
                .put("summary", "The Ops Manager Public API v1.0 for backups, and Holdfast's own beside it.");
        document.putArray("servers").addObject().put("url", server.isEmpty() ? "/" : server);
        ObjectNode paths = document.putObject("paths");
        for (RouteEntry route : routes) {
            if (Catalogue.isPage(route)) {
                continue;
            }
            ObjectNode path = paths.withObjectProperty(route.pattern());
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route, schemas));
        }
        schemas.of(ErrorJson.class);
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas.components());
        Parameters.addShared(components.putObject("parameters"));
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("digest")
                .put("type", "http")
                .put("scheme", "digest")
                .put("description", "RFC 7616, MD5, qop auth: public key as user name, private key as password.");
        security.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "holdfast-session")
                .put("description", "Of a browser's page, together with the header X-Holdfast-Session: 1.");
        security.putObject("agent").put("type", "http").put("scheme", "bearer").put("description", "An agent key.");
        return document;
    }

    private ObjectNode operation(RouteEntry route, Schemas schemas) {
        Operation it = catalogue.of(route);
        ObjectNode operation = mapper.createObjectNode()
                .put("operationId", id(route))
                .put("summary", it.summary())
                .put("x-need", route.need().name())
                .put("x-access-list", route.listed());
        operation.putArray("tags").add(tag(route));
        operation.set("security", security(route.need()));
        Parameters.add(operation, route, it);
        if (!it.body().isEmpty()) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            body.putObject("content").putObject(JSON).set("schema", Bodies.schema(it));
        }
        ObjectNode responses = operation.putObject("responses");
        responses.set(String.valueOf(it.status()), success(route, it, schemas));
        if (!route.streamed() || route.need() != Need.NOTHING) {
            ObjectNode error = responses.putObject("default").put("description", "A refusal, or a failure.");
            error.putObject("content").putObject(JSON).set("schema", schemas.of(ErrorJson.class));
        }
        return operation;
    }

    private ObjectNode success(RouteEntry route, Operation it, Schemas schemas) {
        ObjectNode answer = mapper.createObjectNode();
        answer.put("description", it.shape() == Shape.NONE ? "Done; there is nothing to show." : "Granted.");
        switch (it.shape()) {
            case NONE -> {}
            case BYTES -> answer.putObject("content").putObject(route.method().equals("GET") ? "*/*" : JSON);
            case EMPTY ->
                answer.putObject("content")
                        .putObject(JSON)
                        .putObject("schema")
                        .put("type", "object")
                        .put("maxProperties", 0);
            case ENTITY ->
                answer.putObject("content")
                        .putObject(JSON)
                        .set("schema", it.type() == null ? mapper.createObjectNode() : schemas.of(it.type()));
            case ARRAY ->
                answer.putObject("content")
                        .putObject(JSON)
                        .putObject("schema")
                        .put("type", "array")
                        .set("items", schemas.of(it.type()));
            case LIST ->
                answer.putObject("content")
                        .putObject(JSON)
                        .set(
                                "schema",
                                schemas.of(mapper.getTypeFactory().constructParametricType(ListJson.class, it.type())));
        }
        return answer;
    }

    private ArrayNode security(Need need) {
        ArrayNode security = mapper.createArrayNode();
        if (need == Need.AGENT) {
            security.addObject().putArray("agent");
        } else if (need != Need.NOTHING) {
            security.addObject().putArray("digest");
            security.addObject().putArray("session");
        }
        return security;
    }

    /** {@code getGroupsHostsByHostId}. */
    private static String id(RouteEntry route) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String segment : path(route).split("/")) {
            boolean variable = segment.startsWith("{");
            String word = segment.replaceAll("[^A-Za-z0-9]", "");
            if (!word.isEmpty()) {
                id.append(variable ? "By" : "")
                        .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.substring(1));
            }
        }
        return id.toString();
    }

    /** The noun that a path is about: its last segment that is fixed. */
    private static String tag(RouteEntry route) {
        String tag = "root";
        for (String segment : path(route).split("/")) {
            if (!segment.isEmpty() && !segment.startsWith("{") && !segment.equals("byName")) {
                tag = segment;
            }
        }
        return tag;
    }

    private static String path(RouteEntry route) {
        return route.pattern().startsWith(Catalogue.API)
                ? route.pattern().substring(Catalogue.API.length())
                : route.pattern();
    }
}
