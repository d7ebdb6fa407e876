package dev.holdfast.server.http;

import java.util.List;

/**
 * What the table knows of a route, for whoever describes or tests all of them.
 *
 * @param method upper case
 * @param pattern as entered
 * @param variables the names of the variable segments, in order
 * @param need what a caller must have
 * @param listed whether the caller's address must be on the key's access list
 * @param streamed whether body or answer are no JSON document
 */
public record RouteEntry(
        String method, String pattern, List<String> variables, Need need, boolean listed, boolean streamed) {
    /** {@code GET /healthz}. */
    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
