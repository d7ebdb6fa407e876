package dev.holdfast.server.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation is for, what it takes and what it answers.
 *
 * @param summary one line
 * @param status of the answer when it is granted
 * @param shape of the answer's document
 * @param type what the document is one, or a list, of; null when no record describes it
 * @param query its query parameters beside those of every operation: what they are, by name
 * @param body the attributes of its body; empty when it has none, or when they are not described
 * @param bodyIsArray whether the body is an array of such objects
 */
public record Operation(
        String summary,
        int status,
        Shape shape,
        Class<?> type,
        Map<String, String> query,
        List<Attribute> body,
        boolean bodyIsArray) {
    /** What the document of an answer is. */
    public enum Shape {
        /** One entity. */
        ENTITY,
        /** A page of a list. */
        LIST,
        /** Several, without a list around them. */
        ARRAY,
        /** An object without fields. */
        EMPTY,
        /** No document. */
        NONE,
        /** No JSON. */
        BYTES
    }

    static Operation of(String summary, int status, Shape shape, Class<?> type) {
        return new Operation(summary, status, shape, type, Map.of(), List.of(), false);
    }

    Operation saying(String text) {
        return new Operation(text, status, shape, type, query, body, bodyIsArray);
    }

    Operation answering(int code, Shape other, Class<?> record) {
        return new Operation(summary, code, other, record, query, body, bodyIsArray);
    }

    Operation asking(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, text);
        return new Operation(summary, status, shape, type, more, body, bodyIsArray);
    }

    Operation taking(Attribute... attributes) {
        List<Attribute> more = new ArrayList<>(body);
        more.addAll(List.of(attributes));
        return new Operation(summary, status, shape, type, query, more, bodyIsArray);
    }

    Operation takingItems(Attribute... attributes) {
        return new Operation(summary, status, shape, type, query, List.of(attributes), true);
    }
}
