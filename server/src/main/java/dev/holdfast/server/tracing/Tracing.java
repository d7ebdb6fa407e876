package dev.holdfast.server.tracing;

import dev.holdfast.server.http.RequestWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Makes spans of what happened. Names are those of the semantic conventions for HTTP servers: {@code GET
 * /api/public/v1.0/groups/{groupId}}, with the pattern in place of the path, which may hold a token.
 *
 * <p>Source: OpenTelemetry semantic conventions 1.37, "HTTP server"; W3C Trace Context.
 */
public final class Tracing implements RequestWatch, AutoCloseable {
    private static final long STOP_SECONDS = 5;
    private static final String UNKNOWN = "HTTP"; // what the conventions say in place of a method that is not known

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("holdfast.request.id");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** Sends to the collector that the settings name; connects to it with the first batch. */
    public Tracing(TracingSettings settings, String version) {
        this(settings, version, new QuietExporter(settings.endpoint()));
    }

    Tracing(TracingSettings settings, String version, SpanExporter exporter) {
        Resource service = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                settings.service(),
                AttributeKey.stringKey("service.version"),
                version));
        provider = SdkTracerProvider.builder()
                .setResource(service)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        tracer = provider.get("dev.holdfast");
    }

    @Override
    public void answered(Answered request) {
        boolean known = request.pattern() != null;
        String name = known ? request.method() + " " + request.pattern() : UNKNOWN;
        Span span = tracer.spanBuilder(name)
                .setParent(parent(request))
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(request.began())
                .setAttribute(METHOD, known ? request.method() : "_OTHER")
                .setAttribute(STATUS, (long) request.status())
                .startSpan();
        if (known) {
            span.setAttribute(ROUTE, request.pattern());
        }
        if (request.id() != null) {
            span.setAttribute(REQUEST, request.id());
        }
        if (request.status() >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(request.began().plusNanos(request.nanos()));
    }

    /** Work that nobody asked for: a span of its own, an error when it ended by throwing. */
    public void did(String name, Instant began, Instant ended, Throwable trouble) {
        Span span =
                tracer.spanBuilder(name).setNoParent().setStartTimestamp(began).startSpan();
        if (trouble != null) {
            // its class alone: a message may name what no collector should know
            span.setStatus(StatusCode.ERROR, trouble.getClass().getSimpleName());
        }
        span.end(ended);
    }

    private static Context parent(Answered request) {
        if (request.traceParent() == null) {
            return Context.root();
        }
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), request, TraceHeaders.INSTANCE);
    }

    /** Sends what is left, for {@value #STOP_SECONDS} seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
