package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.trouble.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for what agents send. They are not those of the API: verifying gigabytes must not keep a GET waiting. What
 * waits for them is bounded by the requests that wait for it.
 */
final class IngestWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngestWorkers.class);
    private static final long SLOWEST_STOP_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private ScheduledExecutorService timer;

    /** Starts no thread until there is work. */
    IngestWorkers(int threads) {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "holdfast-ingest-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Does blocking work; its result comes on {@code context}. */
    <T> Future<T> run(Context context, Callable<T> blocking) {
        Promise<T> promise = Promise.promise();
        try {
            pool.execute(() -> {
                Future<T> result;
                try {
                    result = Future.succeededFuture(blocking.call());
                } catch (Throwable trouble) {
                    result = Future.failedFuture(trouble);
                }
                Future<T> done = result;
                context.runOnContext(back -> done.onComplete(promise));
            });
        } catch (RejectedExecutionException e) {
            return Future.failedFuture(new Unavailable("the server is stopping\nHINT: try again later.", e));
        }
        return promise.future();
    }

    /** Does something again and again until it is closed; what it throws is logged, and it goes on. */
    synchronized void every(Duration period, Runnable work) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "holdfast-ingest-timer");
            thread.setDaemon(true);
            return thread;
        });
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("a recurring task of ingest failed", e);
            }
        };
        // checked by nobody: it ends with the timer
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets work that has begun end, for some seconds. */
    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(SLOWEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
