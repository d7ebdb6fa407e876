package dev.holdfast.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/** JSON as YAML 1.2 in block style. Texts are quoted as JSON quotes them, which YAML reads the same. */
final class Yaml {
    private static final String STEP = "  ";

    private Yaml() {}

    static String text(JsonNode document) {
        StringBuilder out = new StringBuilder();
        if (isScalar(document)) {
            out.append(document).append('\n');
        } else {
            block(out, document, "");
        }
        return out.toString();
    }

    private static void block(StringBuilder out, JsonNode node, String indent) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                out.append(indent).append("-");
                value(out, element, indent);
            }
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = field.getKey();
            out.append(indent).append(TextNode.valueOf(name));
            out.append(':');
            value(out, field.getValue(), indent);
        }
    }

    private static void value(StringBuilder out, JsonNode node, String indent) {
        if (isScalar(node)) {
            out.append(' ').append(node).append('\n');
        } else {
            out.append('\n');
            block(out, node, indent + STEP);
        }
    }

    /** An empty list or map has no block form. */
    private static boolean isScalar(JsonNode node) {
        return node.isValueNode() || node.isEmpty();
    }
}
