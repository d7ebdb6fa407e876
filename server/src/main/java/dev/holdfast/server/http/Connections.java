package dev.holdfast.server.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one event loop. Time is counted in ticks of one timer, so that a slow sender costs a comparison
 * each tick and no timer of its own.
 */
final class Connections {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Map<HttpConnection, Peer> peers = new HashMap<>();
    private final AtomicInteger open;
    private final HttpConfig.Limits limits;
    private Context context;
    private long tick;

    /** {@code open} counts the connections of all event loops. */
    Connections(HttpConfig.Limits limits, AtomicInteger open) {
        this.limits = limits;
        this.open = open;
    }

    void start(Vertx vertx, Context context) {
        this.context = context;
        vertx.setPeriodic(TICK.toMillis(), timer -> sweep());
    }

    void opened(HttpConnection connection) {
        if (open.incrementAndGet() > limits.connections()) {
            open.decrementAndGet();
            connection.close();
            return;
        }
        peers.put(connection, new Peer(connection, context, this));
        connection.closeHandler(nothing -> {
            peers.remove(connection);
            open.decrementAndGet();
        });
    }

    /** The peer of a connection, null when it was closed as one too many. */
    Peer of(HttpConnection connection) {
        return peers.get(connection);
    }

    long deadlineOfHead() {
        return tick + ticks(limits.headTime());
    }

    long deadlineOfLinger() {
        return tick + ticks(LINGER);
    }

    private void sweep() {
        tick++;
        // closing calls the close handler at once, which changes the map
        peers.values().stream().filter(peer -> peer.isLate(tick)).toList().forEach(peer -> peer.connection.close());
    }

    private static long ticks(Duration time) {
        return Math.max(1, time.toMillis() / TICK.toMillis());
    }
}
