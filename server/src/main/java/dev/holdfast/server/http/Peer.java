package dev.holdfast.server.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection and its other end. The deadline belongs to the connection's event loop. */
final class Peer {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    final HttpConnection connection;
    final Context context;
    final InetAddress address;
    private final Connections connections;
    private long deadline;
    private long requests;

    Peer(HttpConnection connection, Context context, Connections connections) {
        this.connection = connection;
        this.context = context;
        this.connections = connections;
        String remote = connection.remoteAddress() == null
                ? null
                : connection.remoteAddress().hostAddress();
        InetAddress parsed = remote == null ? null : Addresses.literal(remote);
        // a connection without an address (it is gone already) is nobody's: it must not pass for loopback
        this.address = parsed == null ? Addresses.NOBODY : parsed;
        expectHead();
    }

    /** From now on the head of a request must come in time; what is left of the last body counts in. */
    void expectHead() {
        deadline = connections.deadlineOfHead();
    }

    /** As {@link #expectHead}, when the request that was the latest then has ended; not if the next has begun already. */
    void expectHeadAfter(long request) {
        if (request == requests) {
            expectHead();
        }
    }

    /** The number of the latest request. */
    long request() {
        return requests;
    }

    /** A request has begun: from now on we are the ones who are waited for. */
    void busy() {
        requests++;
        deadline = Long.MAX_VALUE;
    }

    /** From now on the client has a moment to read the answer before the connection is cut. */
    void linger() {
        deadline = connections.deadlineOfLinger();
    }

    boolean isLate(long tick) {
        return tick >= deadline;
    }

    /** Runs on the connection's event loop; does nothing when the server has stopped, for nobody listens then. */
    void onEventLoop(Runnable work) {
        try {
            context.runOnContext(nothing -> work.run());
        } catch (RejectedExecutionException e) {
            LOG.debug("an answer came after the server had stopped", e);
        }
    }
}
