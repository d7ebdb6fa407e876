package dev.holdfast.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.server.reference.Schemas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Documents against the JSON Schema of their record, by a validator that we did not write. */
public final class DocumentCheck {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<Class<?>, JsonSchema> KNOWN = new ConcurrentHashMap<>();

    private DocumentCheck() {}

    /** A schema whose references are all within {@code whole}. */
    public static JsonSchema schema(JsonNode whole) {
        return FACTORY.getSchema(whole, CONFIG);
    }

    /** What is wrong with a document, in a line each; nothing for one that no record describes. */
    public static List<String> faults(Object document) {
        if (document instanceof ListJson<?> list) {
            return list.results().stream()
                    .flatMap(item -> faults(item).stream())
                    .toList();
        }
        if (document == null || !document.getClass().isRecord()) {
            return List.of();
        }
        JsonSchema schema = KNOWN.computeIfAbsent(document.getClass(), DocumentCheck::of);
        return faults(schema, ApiJson.mapper().valueToTree(document));
    }

    /** What is wrong with a document. */
    public static List<String> faults(JsonSchema schema, JsonNode document) {
        return schema.validate(document).stream().map(Object::toString).toList();
    }

    private static JsonSchema of(Class<?> record) {
        Schemas schemas = new Schemas("#/$defs/");
        ObjectNode whole = schemas.of(record);
        whole.set("$defs", schemas.components());
        return schema(whole);
    }
}
