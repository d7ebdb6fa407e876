package dev.holdfast.server.metrics;

import dev.holdfast.server.http.RouteCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** The figures of a process, read when they are asked for. */
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Runnable> beforeScrape = new ArrayList<>();
    // the registry holds them weakly
    private final List<DoubleSupplier> counted = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /** With the figures of the virtual machine. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /**
     * One sample of a figure that there are several of.
     *
     * @param tags what tells it from the others
     */
    public record Sample(Map<String, String> tags, double value) {}

    /** A figure that only grows. {@code name} without {@code _total}, words between dots. */
    public void counter(String name, String help, DoubleSupplier value) {
        FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                .description(help)
                .register(registry);
        counted.add(value);
    }

    /** A figure that goes up and down; NaN when it is not known. */
    public void gauge(String name, String help, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(help)
                .strongReference(true)
                .register(registry);
    }

    /** A figure of each of several things, which may come and go. */
    public void gauges(String name, String help, Supplier<List<Sample>> samples) {
        MultiGauge gauges = MultiGauge.builder(name).description(help).register(registry);
        beforeScrape.add(() -> gauges.register(
                samples.get().stream()
                        .map(sample -> MultiGauge.Row.of(tags(sample.tags()), sample.value()))
                        .toList(),
                true));
    }

    /** What was answered on each route: {@code holdfast_http_requests_total}, {@code holdfast_http_request_seconds}. */
    public void routes(Supplier<List<RouteCounts>> routes) {
        beforeScrape.add(() -> routes.get().forEach(this::register));
    }

    private void register(RouteCounts route) {
        Tags tags = Tags.of("method", route.method(), "route", route.pattern());
        for (Map.Entry<Integer, LongAdder> status : route.byStatus().entrySet()) {
            if (known.add(route.method() + " " + route.pattern() + " " + status.getKey())) {
                FunctionCounter.builder("holdfast.http.requests", status.getValue(), LongAdder::sum)
                        .tags(tags.and("status", Integer.toString(status.getKey())))
                        .description("Answers by route and status.")
                        .register(registry);
            }
        }
        if (route.answers() > 0 && known.add(route.method() + " " + route.pattern())) {
            FunctionTimer.builder(
                            "holdfast.http.request",
                            route,
                            RouteCounts::answers,
                            RouteCounts::seconds,
                            TimeUnit.SECONDS)
                    .tags(tags)
                    .description("Time from the head of a request to its answer.")
                    .register(registry);
        }
    }

    /** All figures in the text format of Prometheus. Reads rows: blocks. */
    public synchronized String scrape() {
        beforeScrape.forEach(Runnable::run);
        return registry.scrape();
    }

    private static Tags tags(Map<String, String> tags) {
        return Tags.of(tags.entrySet().stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .toList());
    }
}
