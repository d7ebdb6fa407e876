package dev.holdfast.server.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's share of one event loop; as many share the port as there are loops. */
final class EventLoopListener extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoopListener.class);
    // what is under way had its time already; this is for the last bytes of what was refused
    private static final long GRACE_SECONDS = 1;

    private final HttpServerOptions options;
    private final Conduct conduct;
    private final Connections connections;
    private HttpServer server;

    EventLoopListener(HttpServerOptions options, Conduct conduct, Connections connections) {
        this.options = options;
        this.conduct = conduct;
        this.connections = connections;
    }

    @Override
    public Future<?> start() {
        connections.start(vertx, context);
        server = vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .exceptionHandler(trouble -> LOG.debug("a connection failed", trouble))
                .invalidRequestHandler(request -> {
                    Peer peer = connections.of(request.connection());
                    if (peer != null) {
                        conduct.malformed(request, peer);
                    }
                })
                .requestHandler(request -> {
                    Peer peer = connections.of(request.connection());
                    if (peer != null) {
                        conduct.begin(request, peer);
                    }
                });
        return server.listen();
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }
}
