package dev.holdfast.server.http;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server has to do, in figures: for metrics, and for a stop that waits for what is under way. A request that
 * breaks off before its head is whole is none.
 */
public final class Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private final Router router;
    private final RequestWatch watch;
    private final RouteCounts unmatched = new RouteCounts("other", "other");
    private final LongAdder began = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder digestFailures = new LongAdder();
    private final LongAdder staleNonces = new LongAdder();
    private final LongAdder limited = new LongAdder();

    /** {@code watch} null for nobody. */
    Traffic(Router router, RequestWatch watch) {
        this.router = router;
        this.watch = watch;
    }

    /** Each route's figures, and those of requests of no route. */
    public List<RouteCounts> routes() {
        return router.counts(unmatched);
    }

    /** Requests that are not answered to their last byte yet. */
    public long underWay() {
        // in this order: one that begins in between is counted rather as under way than not at all
        long over = ended.sum();
        return Math.max(0, began.sum() - over);
    }

    /** Requests whose credentials proved nobody. */
    public long digestFailures() {
        return digestFailures.sum();
    }

    /** Requests with right credentials over a nonce that is no longer good. */
    public long staleNonces() {
        return staleNonces.sum();
    }

    /** Requests refused with 429. */
    public long limited() {
        return limited.sum();
    }

    /** Tells the watch, if there is one. The answer must leave, whatever that does. */
    void tell(Supplier<RequestWatch.Answered> request) {
        if (watch == null) {
            return;
        }
        try {
            watch.answered(request.get());
        } catch (RuntimeException e) {
            LOG.warn("a request was not traced", e);
        }
    }

    void begin() {
        began.increment();
    }

    void end(Route route, int status, long took) {
        (route == null ? unmatched : route.counts()).answered(status, took);
        ended.increment();
    }

    void signInFailed(boolean stale) {
        (stale ? staleNonces : digestFailures).increment();
    }

    void limit() {
        limited.increment();
    }
}
