package dev.holdfast.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How documents are printed. */
public enum Output {
    /** Columns of a fixed width, with headings. */
    TABLE,
    /** The documents as the API gave them. */
    JSON,
    /** The same as YAML. */
    YAML;

    /** Prints a list; a program gets an array, empty if there is nothing. */
    public void list(PrintWriter out, List<JsonNode> documents, Columns columns) {
        if (this == TABLE) {
            Table.print(out, documents, columns);
        } else {
            tree(out, ApiJson.mapper().createArrayNode().addAll(documents));
        }
        out.flush();
    }

    /** Prints one document with everything in it. */
    public void one(PrintWriter out, JsonNode document) {
        if (this == TABLE) {
            Table.fields(out, document);
        } else {
            tree(out, document);
        }
        out.flush();
    }

    private void tree(PrintWriter out, JsonNode document) {
        if (this == JSON) {
            out.println(new String(ApiJson.write(document, true), StandardCharsets.UTF_8));
        } else {
            out.print(Yaml.text(document));
        }
    }
}
