package dev.holdfast.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.show.Columns.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Text in columns. What comes from the server is shown, but cannot steer the terminal. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    static void print(PrintWriter out, List<JsonNode> documents, Columns columns) {
        if (documents.isEmpty()) {
            out.println("none");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.columns().stream().map(Column::title).toList());
        for (JsonNode document : documents) {
            rows.add(columns.columns().stream()
                    .map(column -> plain(column.of(document)))
                    .toList());
        }
        rows(out, rows);
    }

    /** One line for each field, those of inner objects by their path. */
    static void fields(PrintWriter out, JsonNode document) {
        Map<String, String> fields = new LinkedHashMap<>();
        flatten("", document, fields);
        List<List<String>> rows = new ArrayList<>();
        fields.forEach((name, value) -> rows.add(List.of(plain(name), plain(value))));
        rows(out, rows);
    }

    private static void flatten(String path, JsonNode node, Map<String, String> fields) {
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> field = all.next();
                if (!field.getKey().equals("links")) { // for programs
                    flatten(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), fields);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), fields);
            }
        } else {
            fields.put(path, node.isNull() ? "-" : node.asText());
        }
    }

    private static void rows(PrintWriter out, List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
