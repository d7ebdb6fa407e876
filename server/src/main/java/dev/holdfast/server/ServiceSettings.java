package dev.holdfast.server;

import dev.holdfast.server.events.EventSettings;
import dev.holdfast.server.http.Protection;
import dev.holdfast.server.http.ProxyBlock;
import dev.holdfast.server.tracing.TracingSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a node stands in its surroundings.
 *
 * @param protection limits, and how long a stop waits
 * @param metricsFrom who may read {@code /metrics}: empty for this machine alone, and that only while nobody else
 *     reaches the server
 * @param minFree bytes that must be free on the disk of the data directory, else the node is not ready
 * @param jsonLogs whether each line of the log is a JSON object
 * @param events webhooks and streams
 * @param tracing spans for OpenTelemetry
 */
public record ServiceSettings(
        Protection protection,
        List<ProxyBlock> metricsFrom,
        long minFree,
        boolean jsonLogs,
        EventSettings events,
        TracingSettings tracing) {
    /** What holds when nothing is set. */
    public static final ServiceSettings DEFAULTS = new ServiceSettings(
            Protection.DEFAULTS, List.of(), 256L << 20, false, EventSettings.DEFAULTS, TracingSettings.OFF);

    static ServiceSettings read(SettingsReader settings) {
        Protection defaults = Protection.DEFAULTS;
        Protection protection = new Protection(
                settings.number("limits.requests-per-minute", defaults.perMinute(), 0, 10_000_000),
                settings.number("limits.burst", defaults.burst(), 0, 10_000_000),
                settings.time("http.drain-time", defaults.drain(), Duration.ZERO, Duration.ofHours(1)));
        List<ProxyBlock> readers = new ArrayList<>();
        for (String block : settings.texts("metrics.allow")) {
            ProxyBlock parsed = settings.checked("metrics.allow", null, () -> ProxyBlock.parse(block));
            if (parsed != null) {
                readers.add(parsed);
            }
        }
        String format = settings.text("log.format", "text");
        if (!format.equals("text") && !format.equals("json")) {
            settings.problem("log.format must be text or json.");
        }
        return new ServiceSettings(
                protection,
                List.copyOf(readers),
                settings.bytes("readiness.min-free", DEFAULTS.minFree(), 0, 1L << 50),
                format.equals("json"),
                events(settings),
                tracing(settings));
    }

    private static TracingSettings tracing(SettingsReader settings) {
        String endpoint = settings.text("tracing.endpoint", null);
        TracingSettings off = TracingSettings.OFF;
        return new TracingSettings(
                endpoint == null ? null : settings.checked("tracing.endpoint", null, () -> collector(endpoint)),
                settings.fraction("tracing.ratio", off.ratio(), 0, 1),
                settings.text("tracing.service", off.service()));
    }

    private static URI collector(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme()) || url.getUserInfo() != null) {
            throw new IllegalArgumentException("must be an http or https URL without a user in it");
        }
        return url;
    }

    private static EventSettings events(SettingsReader settings) {
        EventSettings defaults = EventSettings.DEFAULTS;
        Duration hour = Duration.ofHours(1);
        return new EventSettings(
                settings.time("events.keep", defaults.keep(), hour, Duration.ofDays(3650)),
                settings.flag("webhooks.allow-private", defaults.allowPrivate()),
                settings.number("webhooks.attempts", defaults.attempts(), 1, 100),
                settings.time("webhooks.timeout", defaults.timeout(), Duration.ofMillis(100), Duration.ofMinutes(1)));
    }
}
