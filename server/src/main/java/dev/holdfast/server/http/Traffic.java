package dev.holdfast.server.http;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server has to do, in figures: for metrics, and for a stop that waits for what is under way. A request that
 * breaks off before its head is whole is none.
 */
public final class Traffic {
    private final Router router;
    private final RouteCounts unmatched = new RouteCounts("other", "other");
    private final LongAdder began = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder digestFailures = new LongAdder();
    private final LongAdder staleNonces = new LongAdder();
    private final LongAdder limited = new LongAdder();

    Traffic(Router router) {
        this.router = router;
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
