package dev.holdfast.server;

import dev.holdfast.server.delivery.DeliveryLinks;
import dev.holdfast.server.events.EventStreams;
import dev.holdfast.server.events.WebhookSender;
import dev.holdfast.server.http.Traffic;
import dev.holdfast.server.metrics.Metrics;
import dev.holdfast.server.snapshot.SnapshotFigures;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.store.sweep.SweepReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Says which figures of which room {@code /metrics} shows, and counts what belongs to none. */
public final class ServerMetrics {
    /** Rows are read again after this time at the earliest, however many scrape. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Metrics metrics = new Metrics();
    private final Clock clock;
    private final LongAdder sweeps = new LongAdder();
    private final LongAdder sweptBytes = new LongAdder();
    private volatile Instant swept;
    private volatile Supplier<Instant> scrubbed = () -> null;
    private SnapshotFigures figures;
    private Instant readAt;

    ServerMetrics(Clock clock) {
        this.clock = clock;
        metrics.counter("holdfast.sweeps", "Sweeps of the store.", sweeps::sum);
        metrics.counter("holdfast.sweep.bytes", "Bytes that sweeps deleted.", sweptBytes::sum);
        metrics.gauge("holdfast.sweep.age.seconds", "Time since the last sweep.", () -> age(swept));
        metrics.gauge(
                "holdfast.scrub.age.seconds",
                "Time since the scrub began its last whole round: what was there then has been read; NaN before the"
                        + " first.",
                () -> age(scrubbed.get()));
    }

    /** Where to ask when the last whole round of the scrub began; null when there was none. */
    void scrubbed(Supplier<Instant> last) {
        scrubbed = last;
    }

    Metrics all() {
        return metrics;
    }

    void swept(SweepReport report) {
        sweeps.increment();
        sweptBytes.add(report.bytes());
        swept = clock.instant();
    }

    void of(Traffic traffic) {
        metrics.routes(traffic::routes);
        metrics.counter("holdfast.digest.failures", "Credentials that proved nobody.", traffic::digestFailures);
        metrics.counter("holdfast.stale.nonces", "Right credentials over an old nonce.", traffic::staleNonces);
        metrics.counter("holdfast.rate.limited", "Requests refused with 429.", traffic::limited);
        metrics.gauge("holdfast.requests.under.way", "Requests not answered yet.", traffic::underWay);
    }

    void of(DeliveryLinks links, Witness witness) {
        metrics.gauge("holdfast.downloads.active", "Downloads that are being sent.", links::active);
        metrics.counter("holdfast.download.bytes", "Bytes of archives sent.", links::bytesSent);
        metrics.counter("holdfast.downloads.completed", "Downloads that were counted.", witness::counted);
        metrics.counter("holdfast.captures", "Snapshots that were completed.", witness::completed);
        metrics.counter(
                "holdfast.links.broken", "Links whose archive turned out to be damaged or gone.", witness::broken);
    }

    void of(Snapshots snapshots) {
        Supplier<SnapshotFigures> rows = () -> figures(snapshots);
        metrics.gauges(
                "holdfast.last.good.snapshot.age.seconds",
                "Age of the latest complete snapshot of a cluster.",
                () -> rows.get().clusters().stream()
                        .map(one -> new Metrics.Sample(
                                Map.of("group", one.groupId(), "cluster", one.clusterId()), age(one.created())))
                        .toList());
        metrics.gauge(
                "holdfast.snapshot.parts",
                "Parts that are kept.",
                () -> rows.get().parts());
        metrics.gauge(
                "holdfast.snapshot.plain.bytes",
                "Bytes of the files in them.",
                () -> rows.get().plainBytes());
        metrics.gauge(
                "holdfast.snapshot.new.bytes",
                "Bytes of them that were new.",
                () -> rows.get().newBytes());
        metrics.gauge("holdfast.dedup.ratio", "Bytes kept per new byte; NaN without snapshots.", () -> {
            SnapshotFigures now = rows.get();
            return now.plainBytes() == 0 ? Double.NaN : (double) now.plainBytes() / Math.max(1, now.newBytes());
        });
    }

    void of(EventStreams streams, WebhookSender sender) {
        metrics.gauge("holdfast.event.streams", "Clients that listen to events.", streams::listening);
        metrics.counter("holdfast.webhooks.taken", "Events that webhooks took.", sender::taken);
        metrics.counter("holdfast.webhooks.failed", "Attempts to send an event that failed.", sender::failed);
    }

    private synchronized SnapshotFigures figures(Snapshots snapshots) {
        Instant now = clock.instant();
        if (figures == null || now.isAfter(readAt.plus(FRESH)) || now.isBefore(readAt)) {
            figures = snapshots.figures();
            readAt = now;
        }
        return figures;
    }

    private double age(Instant moment) {
        return moment == null
                ? Double.NaN
                : Duration.between(moment, clock.instant()).toMillis() / 1000.0;
    }
}
