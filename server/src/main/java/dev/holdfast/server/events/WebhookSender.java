package dev.holdfast.server.events;

import dev.holdfast.database.Database;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in the outbox; see the {@linkplain dev.holdfast.server.events package story}. */
public final class WebhookSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long FIRST_WAIT_MILLIS = 5_000;
    private static final long LONGEST_WAIT_MILLIS = 4 * 3_600_000L;
    private static final int AT_ONCE = 32;
    private static final int THREADS = 4;

    private final Database database;
    private final Webhooks webhooks;
    private final EventSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final ScheduledExecutorService looker;
    private final ExecutorService senders;
    private final LongAdder taken = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private Vertx vertx;
    private HttpClient client;

    /** Does nothing before {@link #start}. {@code random} spreads what is tried again. */
    public WebhookSender(
            Database database, Webhooks webhooks, EventSettings settings, Clock clock, RandomGenerator random) {
        this.database = database;
        this.webhooks = webhooks;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.looker = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "webhooks"));
        this.senders = Executors.newFixedThreadPool(THREADS, work -> daemon(work, "webhook-sender"));
    }

    /** Begins to look for what is due. */
    public void start() {
        open();
        long millis = LOOK_EVERY.toMillis();
        looker.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Events that webhooks took. */
    public long taken() {
        return taken.sum();
    }

    /** Attempts that failed. */
    public long failed() {
        return failed.sum();
    }

    synchronized void open() {
        if (vertx == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setFileSystemOptions(new FileSystemOptions()
                            .setClassPathResolvingEnabled(false)
                            .setFileCachingEnabled(false)));
            client = vertx.createHttpClient(new HttpClientOptions()
                    .setKeepAlive(false)
                    .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                    .setMaxHeaderSize(8 << 10));
        }
    }

    private void look() {
        try {
            for (WebhookTable.Due due : due()) {
                senders.execute(() -> send(due));
            }
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            log.warn("webhooks cannot be looked after now; it is tried again", e);
        }
    }

    /** What is due, each leased to this node. */
    List<WebhookTable.Due> due() {
        long now = clock.millis();
        // longer than all that one attempt may take, the wait for a thread included
        long until = now + settings.timeout().toMillis() * (AT_ONCE / THREADS + 2);
        return database.read(handle -> WebhookTable.due(handle, now, AT_ONCE)).stream()
                .filter(due -> database.write(tx -> WebhookTable.lease(tx, due, now, until)))
                .toList();
    }

    /** One attempt. */
    void send(WebhookTable.Due due) {
        try {
            String trouble = attempt(due);
            if (trouble == null) {
                taken.increment();
                database.change(tx -> WebhookTable.taken(tx, due));
                return;
            }
            failed.increment();
            boolean dead = due.attempts() + 1 >= settings.attempts();
            if (dead) {
                log.warn("webhook {}: event {} is given up: {}", due.hook(), due.seq(), trouble);
            }
            database.change(tx -> WebhookTable.later(tx, due, clock.millis() + wait(due.attempts()), dead, trouble));
        } catch (RuntimeException e) {
            log.warn("webhook {}: event {} cannot be looked after; its lease runs out", due.hook(), due.seq(), e);
        }
    }

    /** Null when it was taken, or nobody wants it any more; else why not. */
    private String attempt(WebhookTable.Due due) {
        Webhook hook =
                database.read(handle -> WebhookTable.find(handle, due.hook())).orElse(null);
        String body = database.read(handle -> WebhookTable.text(handle, due)).orElse(null);
        if (hook == null || body == null) {
            return null;
        }
        try {
            WebhookTarget target = WebhookTarget.parse(hook.url());
            InetAddress address = target.resolve(settings.allowPrivate());
            int status = post(target, address, hook, due, body);
            return status >= 200 && status < 300 ? null : "it answered " + status;
        } catch (WebhookTarget.Forbidden e) {
            return e.getMessage();
        } catch (ExecutionException e) {
            return "it cannot be reached: " + e.getCause().getClass().getSimpleName();
        } catch (TimeoutException e) {
            return "it did not answer in time";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the server stopped";
        }
    }

    private int post(WebhookTarget target, InetAddress address, Webhook hook, WebhookTable.Due due, String body)
            throws ExecutionException, TimeoutException, InterruptedException {
        Instant now = clock.instant();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.https())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setTimeout(settings.timeout().toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Holdfast")
                .putHeader("Holdfast-Delivery", due.group() + "/" + due.seq())
                .putHeader("Holdfast-Signature", Signature.of(webhooks.secret(hook), body, now));
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .map(response -> {
                    int status = response.statusCode();
                    // what it says beyond that is of no interest, and may never end; nor is its end
                    response.exceptionHandler(ended -> {});
                    response.request().reset();
                    return status;
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(2 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Twice as long each time, and by lot between half of that and all of it: what failed together comes apart. */
    private long wait(int attempts) {
        long most = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(attempts, 20));
        return most / 2 + random.nextLong(most / 2 + 1);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Lets what is being sent end, for a while; the rest stays in the outbox. */
    @Override
    public void close() {
        looker.shutdownNow();
        senders.shutdown();
        try {
            if (!senders.awaitTermination(2, TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (vertx != null) {
                vertx.close().toCompletionStage().toCompletableFuture().join();
                vertx = null;
            }
        }
    }
}
