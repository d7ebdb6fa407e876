package dev.holdfast.server.http;

import dev.holdfast.contract.id.ObjectIds;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves a filled {@link Router} on a port: an event loop for each core, and the workers behind them. */
public final class HttpServerRunner implements AutoCloseable {
    private static final long SLOWEST_START_SECONDS = 30;
    private static final long SLOWEST_STOP_SECONDS = 15;
    private static final Duration SHORT_DRAIN = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final HttpConfig config;
    private final Router router;
    private final Gate gate;
    private final Clock clock;
    private final ObjectIds ids;
    private final Protection protection;
    private final ChangeWatch changes;
    private final Traffic traffic;
    private final List<EventLoopListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private Vertx vertx;
    private Workers workers;
    private Conduct conduct;

    /** With no limit, no witness, and a stop that waits for 5 seconds. */
    public HttpServerRunner(HttpConfig config, Router router, Gate gate, Clock clock, ObjectIds ids) {
        this(config, new Protection(0, 0, SHORT_DRAIN), router, gate, ChangeWatch.NONE, null, clock, ids);
    }

    /**
     * Nothing happens before {@link #start}.
     *
     * @param changes is told of attempts to change something
     * @param requests is told of each request that is over, null for nobody
     * @param ids names requests in answers and log
     */
    public HttpServerRunner(
            HttpConfig config,
            Protection protection,
            Router router,
            Gate gate,
            ChangeWatch changes,
            RequestWatch requests,
            Clock clock,
            ObjectIds ids) {
        this.protection = protection;
        this.changes = changes;
        this.traffic = new Traffic(router, requests);
        this.config = config;
        this.router = router;
        this.gate = gate;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Listens; returns when requests are answered.
     *
     * @throws StartFailure when the port is taken or not ours to take, the host unknown, a TLS file unusable
     */
    public void start() {
        HttpServerOptions options = options();
        int loops = Runtime.getRuntime().availableProcessors();
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                // no files in the system's temporary directory
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        workers = new Workers(config.workers(), config.queue());
        conduct = new Conduct(config, protection, router, gate, changes, traffic, clock, ids, workers);
        AtomicInteger open = new AtomicInteger();
        try {
            await(
                    vertx.deployVerticle(
                            () -> {
                                EventLoopListener listener =
                                        new EventLoopListener(options, conduct, new Connections(config.limits(), open));
                                listeners.add(listener);
                                return listener;
                            },
                            new DeploymentOptions().setInstances(loops)),
                    SLOWEST_START_SECONDS);
        } catch (ExecutionException e) {
            close();
            throw failure(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            close();
            throw new StartFailure("the server did not listen on " + address() + " in time", "try again.", e);
        }
    }

    /** The port that is listened on; the one the system chose when 0 was asked for. */
    public int port() {
        return listeners.get(0).port();
    }

    /** Where the server is reached: the public URL, else scheme, listen host and port; no final slash. */
    public String url() {
        if (config.publicUrl() != null) {
            return config.publicUrl();
        }
        String host = config.host().contains(":") && !config.host().startsWith("[")
                ? "[" + config.host() + "]"
                : config.host();
        return (config.tls() == null ? "http" : "https") + "://" + host + ":" + port();
    }

    /** What it has to do, in figures. */
    public Traffic traffic() {
        return traffic;
    }

    /** Whether it is stopping: then it is not ready, and refuses whatever is new. */
    public boolean isStopping() {
        return stopping;
    }

    /**
     * Refuses what is new with 503, lets what is under way go on for {@link Protection#drain}, then takes no more
     * connections and cuts what is left. A download that is cut is counted as far as it got, and is resumed elsewhere.
     */
    @Override
    public void close() {
        if (vertx == null) {
            return;
        }
        try {
            drain();
            await(vertx.close(), SLOWEST_STOP_SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the server did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.close();
            vertx = null;
        }
    }

    private void drain() throws InterruptedException {
        stopping = true;
        if (conduct == null) {
            return;
        }
        conduct.stopTaking();
        long until = System.nanoTime() + protection.drain().toNanos();
        while (traffic.underWay() > 0 && System.nanoTime() - until < 0) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private HttpServerOptions options() {
        HttpConfig.Limits limits = config.limits();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                // a negative port is any free one, the same for all loops
                .setPort(config.port() == 0 ? -1 : config.port())
                .setMaxHeaderSize(limits.headBytes())
                .setMaxInitialLineLength(limits.lineBytes())
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setCompressionSupported(false)
                // nothing here speaks WebSocket, and its handler would look at every request and answer
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(limits.idleTime().toMillis()));
        return config.tls() == null ? options : options.setSsl(true).setKeyCertOptions(TlsFiles.read(config.tls()));
    }

    private StartFailure failure(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !(root instanceof BindException)) {
            root = root.getCause();
        }
        if (root instanceof BindException) {
            return new StartFailure(
                    "cannot listen on " + address() + ": " + root.getMessage(),
                    "stop what listens there, or choose another port (0 takes any free one); ports below 1024 need"
                            + " privileges.",
                    cause);
        }
        if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
            return new StartFailure(
                    "cannot listen on " + address() + ": no such host",
                    "listen on an address of this machine, for example 127.0.0.1 or 0.0.0.0.",
                    cause);
        }
        return new StartFailure(
                "cannot listen on " + address() + ": " + root.getMessage(),
                config.tls() == null
                        ? "see the cause in the log."
                        : "check that certificate and key are PEM and belong together.",
                cause);
    }

    private String address() {
        return config.host() + ":" + config.port();
    }

    private static void await(Future<?> future, long seconds)
            throws ExecutionException, TimeoutException, InterruptedException {
        future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    }
}
