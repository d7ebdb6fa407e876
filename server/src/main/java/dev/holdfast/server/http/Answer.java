package dev.holdfast.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler answers. The document is any value that the JSON mapper writes (a record of
 * {@code contract.publicapi}); the HTTP layer adds the envelope, pretty printing, gzip and the standard headers.
 *
 * @param status HTTP status
 * @param document the body, or null for none
 * @param headers further headers, in order
 */
public record Answer(int status, Object document, Map<String, String> headers) {
    /** 200 with a document. */
    public static Answer ok(Object document) {
        return new Answer(200, document, Map.of());
    }

    /** 201 with a document and its address. */
    public static Answer created(Object document, String location) {
        return new Answer(201, document, Map.of("Location", location));
    }

    /** A status without a body, for example 204. */
    public static Answer empty(int status) {
        return new Answer(status, null, Map.of());
    }

    /** The same answer with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, document, more);
    }
}
