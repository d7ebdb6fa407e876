package dev.holdfast.server.reference;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * JSON Schemas (2020-12) of documents, as Jackson would write their records: what Jackson is told by annotations, these
 * are told too. Each record becomes a component that others refer to. A number or a boolean is always there, and so are
 * links; whatever may be null may be left out.
 */
public final class Schemas {
    private static final String DATE = "ISO 8601";

    private final String prefix;
    private final ObjectMapper mapper = ApiJson.mapper();
    private final Descriptions descriptions = Descriptions.read();
    private final TreeMap<String, JsonNode> components = new TreeMap<>();

    /** {@code prefix}: where the components will be, for example {@code #/components/schemas/}. */
    public Schemas(String prefix) {
        this.prefix = prefix;
    }

    /** The components that were referred to so far, by name. */
    public ObjectNode components() {
        ObjectNode all = node();
        components.forEach(all::set);
        return all;
    }

    /** The schema of a document of that class, a reference for a record. */
    public ObjectNode of(Class<?> type) {
        return of(mapper.constructType(type));
    }

    /** The schema of a document of that type. */
    public ObjectNode of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw.isRecord()) {
            return reference(type);
        }
        ObjectNode schema = node();
        if (type.isMapLikeType()) {
            schema.put("type", "object").set("additionalProperties", of(type.getContentType()));
        } else if (type.isCollectionLikeType() || type.isArrayType()) {
            schema.put("type", "array").set("items", of(type.getContentType()));
        } else if (raw.isEnum()) {
            ArrayNode names = schema.put("type", "string").putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                names.add(mapper.valueToTree(constant).asText());
            }
        } else if (CharSequence.class.isAssignableFrom(raw)) {
            schema.put("type", "string");
        } else if (raw == boolean.class || raw == Boolean.class) {
            schema.put("type", "boolean");
        } else if (raw == double.class || raw == Double.class || raw == float.class || raw == Float.class) {
            schema.put("type", "number");
        } else if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            boolean small = raw == int.class || raw == Integer.class;
            schema.put("type", "integer").put("format", small ? "int32" : "int64");
        }
        return schema;
    }

    private ObjectNode reference(JavaType type) {
        String name = name(type);
        if (!components.containsKey(name)) {
            // entered before its fields, for a record may hold itself
            ObjectNode schema = node();
            components.put(name, schema);
            describe(schema, type);
        }
        return node().put("$ref", prefix + name);
    }

    private void describe(ObjectNode schema, JavaType type) {
        Class<?> raw = type.getRawClass();
        schema.put("type", "object");
        putText(schema, descriptions.of(raw));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = node().arrayNode();
        List<BeanPropertyDefinition> fields = mapper.getSerializationConfig().introspect(type).findProperties().stream()
                .filter(field -> field.getAccessor() != null)
                .sorted(Comparator.comparing(BeanPropertyDefinition::getName))
                .toList();
        for (BeanPropertyDefinition field : fields) {
            JavaType of = type.getBindings().isEmpty()
                    ? field.getAccessor().getType()
                    : mapper.getTypeFactory().constructType(field.getAccessor().getType(), type.getBindings());
            ObjectNode property = of(of);
            String text = descriptions.of(raw, field.getInternalName());
            putText(property, text);
            if (text != null && text.startsWith(DATE) && of.hasRawClass(String.class)) {
                property.put("format", "date-time");
            }
            if (raw == ErrorJson.class && field.getName().equals("errorCode")) {
                ArrayNode codes = property.putArray("enum");
                for (ErrorCode code : ErrorCode.values()) {
                    codes.add(code.name());
                }
            }
            properties.set(field.getName(), property);
            if (of.isPrimitive()
                    || field.getName().equals("links")
                    || field.getName().equals("results") && !recursive(of, raw)) {
                required.add(field.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
    }

    /** Whether a list holds what it is a field of: only a job's does, and only in one answer. */
    private static boolean recursive(JavaType list, Class<?> owner) {
        return list.getContentType() != null && list.getContentType().hasRawClass(owner);
    }

    private static void putText(ObjectNode schema, String text) {
        if (text != null) {
            schema.put("description", text);
        }
    }

    /** {@code ListJson<ClusterJson>} is {@code ClusterList}, {@code HostJson.SystemInfo} is {@code HostSystemInfo}. */
    private static String name(JavaType type) {
        String own = name(type.getRawClass());
        return type.containedTypeCount() == 0 ? own : name(type.containedType(0)) + own;
    }

    private static String name(Class<?> type) {
        String own = type.getSimpleName();
        own = own.endsWith("Json") ? own.substring(0, own.length() - "Json".length()) : own;
        return type.getEnclosingClass() == null ? own : name(type.getEnclosingClass()) + own;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
