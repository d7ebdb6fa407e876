package dev.holdfast.server.tracing;

import dev.holdfast.server.http.RequestWatch.Answered;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;

/** Shows the library the two headers of W3C Trace Context, and no other. */
enum TraceHeaders implements TextMapGetter<Answered> {
    INSTANCE;

    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";

    @Override
    public Iterable<String> keys(Answered request) {
        return List.of(PARENT, STATE);
    }

    @Override
    public String get(Answered request, String key) {
        if (request == null) {
            return null;
        }
        return switch (key) {
            case PARENT -> request.traceParent();
            case STATE -> request.traceState();
            default -> null;
        };
    }
}
