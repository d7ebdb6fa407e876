package dev.holdfast.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.testing.DocumentCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers of a running server against its own OpenAPI document. */
final class OpenApiCheck {
    private static final String JSON = "/content/application~1json/schema";

    private final JsonNode document;
    private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();

    OpenApiCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with an answer of a route. */
    List<String> faults(RouteEntry route, WireAnswer answer) {
        JsonNode responses =
                document.at("/paths").path(route.pattern()).path(route.method().toLowerCase(Locale.ROOT) + "");
        JsonNode schema = schemaOf(responses.path("responses"), answer.status());
        if (answer.body().length == 0) {
            return answer.status() == 204 ? List.of() : List.of("no document");
        }
        return schema.isMissingNode()
                ? List.of()
                : DocumentCheck.faults(schemas.computeIfAbsent(schema, this::schema), answer.json());
    }

    private static JsonNode schemaOf(JsonNode responses, int status) {
        if (status >= 400) {
            return responses.path("default").at(JSON);
        }
        // an operation that has several good statuses has one document
        JsonNode exact = responses.path(String.valueOf(status));
        return (exact.isMissingNode() ? responses.elements().next() : exact).at(JSON);
    }

    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = ApiJson.mapper().createObjectNode();
        whole.set("components", document.get("components"));
        whole.setAll((ObjectNode) schema.deepCopy());
        return DocumentCheck.schema(whole);
    }
}
