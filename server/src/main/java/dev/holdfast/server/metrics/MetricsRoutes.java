package dev.holdfast.server.metrics;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.ProxyBlock;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.http.StreamCall;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;

/**
 * {@code GET /metrics}. Prometheus signs in by no digest, so the address decides; whoever may not read them is told that
 * there is nothing, for ids of projects and clusters are among them.
 */
public final class MetricsRoutes implements Routes {
    private final Metrics metrics;
    private final List<ProxyBlock> readers;
    private final boolean loopback;

    /**
     * Does no I/O.
     *
     * @param readers who may read them
     * @param loopback whether this machine may without being among them; not behind a proxy on it, or everybody may
     */
    public MetricsRoutes(Metrics metrics, List<ProxyBlock> readers, boolean loopback) {
        this.metrics = metrics;
        this.readers = List.copyOf(readers);
        this.loopback = loopback;
    }

    @Override
    public void addTo(RouteTable table) {
        table.addStream("GET", "/metrics", Need.NOTHING, this::answer);
    }

    private void answer(HttpServerRequest request, StreamCall call) {
        if (!mayRead(call.address())) {
            throw new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path());
        }
        request.resume();
        call.work(metrics::scrape, text -> {
            if (!request.response().ended() && !request.response().closed()) {
                request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                request.response().end(text);
            }
        });
    }

    private boolean mayRead(InetAddress address) {
        return loopback && address.isLoopbackAddress() || readers.stream().anyMatch(block -> block.contains(address));
    }
}
