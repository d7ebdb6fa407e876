package dev.holdfast.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An OpenAPI document as a page for people. */
final class ApiPage {
    private final JsonNode document;
    private final StringBuilder page = new StringBuilder();

    ApiPage(JsonNode document) {
        this.document = document;
    }

    String print() {
        page.append("""
                # API reference

                Printed by a test from the document that a server answers at `/openapi.json`, which is made of the routes and
                the records of the code; change those, not this. `Needs` is a column of the [table of roles](roles.md);
                operations marked *access list* are admitted from an address on the key's access list only. Every list takes
                `pageNum`, `itemsPerPage` and `includeCount`, everything takes `pretty` and `envelope`.

                """);
        Map<String, List<String>> operations = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(operation -> operations
                                .computeIfAbsent(
                                        operation.getValue().at("/tags/0").asText(), tag -> new ArrayList<>())
                                .add(operation(operation.getKey(), path.getKey(), operation.getValue()))));
        operations.forEach((tag, texts) -> {
            page.append("## ").append(tag).append("\n\n");
            texts.forEach(page::append);
        });
        page.append("# Documents\n\n");
        document.at("/components/schemas")
                .fields()
                .forEachRemaining(schema -> schema(schema.getKey(), schema.getValue()));
        return page.toString().stripTrailing() + "\n";
    }

    private static String operation(String method, String path, JsonNode it) {
        StringBuilder text = new StringBuilder("### `" + method.toUpperCase(Locale.ROOT) + " " + path + "`\n\n");
        text.append(it.get("summary").asText()).append('\n');
        text.append("\nNeeds ").append(it.get("x-need").asText());
        text.append(it.get("x-access-list").asBoolean() ? ", access list" : "").append(". ");
        var answer = it.get("responses").fields().next();
        text.append("Answers ").append(answer.getKey());
        JsonNode schema = answer.getValue().at("/content/application~1json/schema");
        text.append(schema.has("$ref") ? ", " + link(schema) : "").append(".\n");
        List<String> rows = new ArrayList<>();
        for (JsonNode parameter : it.get("parameters")) {
            if ("query".equals(parameter.path("in").asText())) {
                rows.add("- query `" + parameter.get("name").asText() + "`: "
                        + parameter.get("description").asText());
            }
        }
        JsonNode body = it.at("/requestBody/content/application~1json/schema");
        attributes("", body.has("items") ? body.get("items") : body, rows);
        rows.forEach(
                row -> text.append(row == rows.get(0) ? "\n" : "").append(row).append('\n'));
        return text.append('\n').toString();
    }

    private static void attributes(String prefix, JsonNode schema, List<String> rows) {
        schema.path("properties").fields().forEachRemaining(attribute -> {
            JsonNode value = attribute.getValue();
            if (value.has("properties")) {
                attributes(prefix + attribute.getKey() + ".", value, rows);
                return;
            }
            boolean required = false;
            for (JsonNode name : schema.path("required")) {
                required |= name.asText().equals(attribute.getKey());
            }
            rows.add("- body `" + prefix + attribute.getKey() + "`" + (required ? " (required)" : "") + ": "
                    + value.get("description").asText());
        });
    }

    private void schema(String name, JsonNode schema) {
        page.append("## ").append(name).append("\n\n");
        if (schema.has("description")) {
            page.append(schema.get("description").asText()).append("\n\n");
        }
        page.append("| field | type | |\n|---|---|---|\n");
        schema.get("properties")
                .fields()
                .forEachRemaining(field -> page.append("| ")
                        .append(field.getKey())
                        .append(" | ")
                        .append(type(field.getValue()))
                        .append(" | ")
                        .append(field.getValue().path("description").asText().replace("|", "\\|"))
                        .append(" |\n"));
        page.append('\n');
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            return link(schema);
        }
        if (schema.has("items")) {
            return "array of " + type(schema.get("items"));
        }
        return schema.path("type").asText("any")
                + (schema.path("format").asText().equals("date-time") ? " (date)" : "");
    }

    private static String link(JsonNode schema) {
        String reference = schema.get("$ref").asText();
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
    }
}
