package dev.holdfast.server.http;

import java.time.Instant;

/**
 * Is told of each request when its answer is over. The port that {@code tracing} fills. On the event loop: must not
 * block, and nothing that it throws is answered.
 */
@FunctionalInterface
public interface RequestWatch {
    /** The answer has left, was cut, or its client is gone. */
    void answered(Answered request);

    /**
     * What happened. No path and no query: they may hold a token.
     *
     * @param id the request's name in log and error documents, null when it got none
     * @param method as sent
     * @param pattern of the route, null when there was none
     * @param status of the answer; 499 when the client left before there was one
     * @param began when its head was there
     * @param nanos from then to the end of the answer
     * @param traceParent the header {@code traceparent} (W3C Trace Context), null without
     * @param traceState the header {@code tracestate}, null without
     */
    record Answered(
            String id,
            String method,
            String pattern,
            int status,
            Instant began,
            long nanos,
            String traceParent,
            String traceState) {}
}
