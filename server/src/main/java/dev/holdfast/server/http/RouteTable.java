package dev.holdfast.server.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * Where routes are entered. A pattern is a path whose variable segments are {@code {name}}, for example
 * {@code /api/public/v1.0/groups/{groupId}/hosts/{hostId}}; a fixed segment goes before a variable one.
 */
public interface RouteTable {
    /** A route of the API with a JSON answer; for POST, PUT and PATCH the body is read (up to the limit) first. */
    void add(String method, String pattern, Need need, Handler handler);

    /**
     * As {@link #add}, for an operation that always requires the caller's address on the key's access list.
     */
    void addListed(String method, String pattern, Need need, Handler handler);

    /**
     * A route whose handler takes the request itself, paused, on the event loop, after authentication and admission by
     * {@code need}: for bodies and answers that are streams. {@code call} has everything but the body. A client that
     * waits for {@code 100 Continue} has been told to go on. The close handler of the connection is taken; use the
     * response's.
     */
    void addStream(String method, String pattern, Need need, StreamHandler handler);

    /** Takes over a request; must end its response. It must not block. */
    @FunctionalInterface
    interface StreamHandler {
        /** Handles it. A throwable before the response has begun is answered as the error document it stands for. */
        void handle(HttpServerRequest request, StreamCall call);
    }
}
