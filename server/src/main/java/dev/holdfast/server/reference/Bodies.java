package dev.holdfast.server.reference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The schema of a request's body. */
final class Bodies {
    private Bodies() {}

    static ObjectNode schema(Operation operation) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", "object");
        for (Attribute attribute : operation.body()) {
            ObjectNode owner = object;
            String name = attribute.name();
            int dot = name.indexOf('.');
            if (dot > 0) {
                owner = object.withObjectProperty("properties").withObjectProperty(name.substring(0, dot));
                owner.put("type", "object");
                name = name.substring(dot + 1);
            }
            owner.withObjectProperty("properties").set(name, property(attribute));
            if (attribute.required()) {
                owner.withArrayProperty("required").add(name);
            }
        }
        return operation.bodyIsArray()
                ? JsonNodeFactory.instance.objectNode().put("type", "array").set("items", object)
                : object;
    }

    private static ObjectNode property(Attribute attribute) {
        ObjectNode property = JsonNodeFactory.instance.objectNode();
        switch (attribute.type()) {
            case "array" -> property.put("type", "array").putObject("items").put("type", "string");
            // numbers and flags are taken as strings too
            case "integer", "boolean" ->
                property.putArray("type").add(attribute.type()).add("string");
            default -> property.put("type", attribute.type());
        }
        return property.put("description", attribute.text());
    }
}
