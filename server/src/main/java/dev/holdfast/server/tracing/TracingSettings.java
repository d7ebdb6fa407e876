package dev.holdfast.server.tracing;

import java.net.URI;

/**
 * Where spans go.
 *
 * @param endpoint an OTLP/HTTP collector's URL for traces, {@code http://127.0.0.1:4318/v1/traces} for example; null for
 *     no tracing
 * @param ratio of the traces that begin here to keep, 0 to 1; those that began elsewhere are kept when they were there
 * @param service the name of this service in them
 */
public record TracingSettings(URI endpoint, double ratio, String service) {
    /** No tracing. */
    public static final TracingSettings OFF = new TracingSettings(null, 1, "holdfast");

    /** Whether a collector is named. */
    public boolean isOn() {
        return endpoint != null;
    }
}
