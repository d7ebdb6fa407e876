package dev.holdfast.server.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans by OTLP over HTTP. When the collector stops taking them our own log says so once, and once when it takes
 * them again; the library's log, which would go to standard error past the format of ours, is off.
 */
final class QuietExporter implements SpanExporter {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(QuietExporter.class);
    // held, or the setting would be forgotten with it
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final URI endpoint;
    private final SpanExporter exporter;
    private final AtomicBoolean failing = new AtomicBoolean();

    QuietExporter(URI endpoint) {
        this.endpoint = endpoint;
        LIBRARY.setLevel(Level.OFF);
        this.exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).build();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> tell(!result.isSuccess()));
        return result;
    }

    private void tell(boolean failed) {
        if (failing.getAndSet(failed) == failed) {
            return;
        }
        if (failed) {
            LOG.warn(
                    "the collector at {} takes no spans; they are lost until it does\nHINT: tracing.endpoint is the URL of"
                            + " an OTLP/HTTP receiver, with its path, usually /v1/traces.",
                    endpoint);
        } else {
            LOG.info("the collector at {} takes spans again", endpoint);
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
