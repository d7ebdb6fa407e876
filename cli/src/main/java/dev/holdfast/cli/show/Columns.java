package dev.holdfast.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/**
 * What a table shows of each document.
 *
 * @param columns from left to right
 */
public record Columns(List<Column> columns) {
    /**
     * One column.
     *
     * @param title its heading
     * @param paths the field to show, such as {@code delivery.statusName}; the first that is there
     */
    public record Column(String title, List<String> paths) {
        String of(JsonNode document) {
            for (String path : paths) {
                JsonNode found = document;
                for (String name : path.split("\\.", -1)) {
                    found = found.path(name);
                }
                if (!found.isMissingNode() && !found.isNull()) {
                    return found.isValueNode() ? found.asText() : found.toString();
                }
            }
            return "-";
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
