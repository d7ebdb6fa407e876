package dev.holdfast.server.http;

import java.util.List;

/**
 * One entry of the table.
 *
 * @param pattern as entered; safe to log, which a path with a download token is not
 * @param names the variable segments, in order
 * @param handler null for a stream
 * @param stream null for a JSON answer
 * @param counts what was answered on it
 */
record Route(
        String method,
        String pattern,
        List<String> names,
        Need need,
        boolean listed,
        Handler handler,
        RouteTable.StreamHandler stream,
        RouteCounts counts) {
    /** Whether the body is read before the handler runs. */
    boolean readsBody() {
        return handler != null && (method.equals("POST") || method.equals("PUT") || method.equals("PATCH"));
    }

    /** What others may know of it. */
    RouteEntry entry() {
        return new RouteEntry(method, pattern, names, need, listed, stream != null);
    }

    /** Where a variable stands among the values, -1 when the pattern has none of that name. */
    int placeOf(String name) {
        return names.indexOf(name);
    }
}
