package dev.holdfast.server.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.reference.Operation.Shape;

/** The parameters of operations: those in the path, those of every operation, those of lists, those of its own. */
final class Parameters {
    private static final String OBJECT_ID = "^[0-9a-f]{24}$";
    private static final String HOST_ID = "^[0-9a-f]{32}$";

    private Parameters() {}

    static void addShared(ObjectNode shared) {
        flag(shared, "pretty", false, "Whether the document is indented.");
        flag(shared, "envelope", false, "Whether an entity comes as {content, envelope, status}, a list with status.");
        number(shared, "pageNum", 1, "Which page, from 1.");
        number(shared, "itemsPerPage", 100, "Items of a page; above " + Paging.MAX_ITEMS + " is cut down to it.");
        flag(shared, "includeCount", true, "Whether the list has totalCount.");
    }

    static void add(ObjectNode operation, RouteEntry route, Operation it) {
        ArrayNode parameters = operation.putArray("parameters");
        for (String name : route.variables()) {
            ObjectNode schema = parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
            if (name.endsWith("Id")) {
                schema.put("pattern", name.equals("hostId") ? HOST_ID : OBJECT_ID);
            }
        }
        it.query()
                .forEach((name, text) -> parameters
                        .addObject()
                        .put("name", name)
                        .put("in", "query")
                        .put("description", text)
                        .putObject("schema")
                        .put("type", "string"));
        if (route.streamed()) {
            return;
        }
        refer(parameters, "pretty");
        refer(parameters, "envelope");
        if (it.shape() == Shape.LIST && route.method().equals("GET")) {
            refer(parameters, "pageNum");
            refer(parameters, "itemsPerPage");
            refer(parameters, "includeCount");
        }
    }

    private static void refer(ArrayNode parameters, String name) {
        parameters.addObject().put("$ref", "#/components/parameters/" + name);
    }

    private static void flag(ObjectNode shared, String name, boolean otherwise, String text) {
        query(shared, name, text).put("type", "boolean").put("default", otherwise);
    }

    private static void number(ObjectNode shared, String name, int otherwise, String text) {
        query(shared, name, text).put("type", "integer").put("minimum", 1).put("default", otherwise);
    }

    private static ObjectNode query(ObjectNode shared, String name, String text) {
        return shared.putObject(name)
                .put("name", name)
                .put("in", "query")
                .put("description", text)
                .putObject("schema");
    }
}
