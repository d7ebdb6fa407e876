package dev.holdfast.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a table shows of each document.
 *
 * @param columns from left to right
 */
public record Columns(List<Column> columns) {
    private static final String EACH = "[].";

    /**
     * One column.
     *
     * @param title its heading
     * @param paths the field to show, such as {@code delivery.statusName} or {@code roles[].roleName}; the first that is
     *     there
     */
    public record Column(String title, List<String> paths) {
        String of(JsonNode document) {
            for (String path : paths) {
                JsonNode found = path.contains(EACH) ? each(document, path) : field(document, path);
                if (!found.isMissingNode() && !found.isNull()) {
                    return found.isValueNode() ? found.asText() : found.toString();
                }
            }
            return "-";
        }

        private static JsonNode field(JsonNode document, String path) {
            JsonNode found = document;
            for (String name : path.split("\\.", -1)) {
                found = found.path(name);
            }
            return found;
        }

        /** A field of each element of a list. */
        private static JsonNode each(JsonNode document, String path) {
            int at = path.indexOf(EACH);
            StringJoiner all = new StringJoiner(",");
            for (JsonNode element : field(document, path.substring(0, at))) {
                all.add(field(element, path.substring(at + EACH.length())).asText());
            }
            return TextNode.valueOf(all.toString());
        }
    }

    /** Columns written as {@code TITLE=path}, or {@code TITLE=path|other path}. */
    public static Columns of(String... columns) {
        return new Columns(Arrays.stream(columns)
                .map(column -> column.split("=", 2))
                .map(halves -> new Column(halves[0], List.of(halves[1].split("\\|"))))
                .toList());
    }
}
