package dev.holdfast.server.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** What was answered on one route. Counting is two additions to cells that threads do not share; reading is for scrapes. */
public final class RouteCounts {
    private static final int STATUSES = 600;

    private final String method;
    private final String pattern;
    private final AtomicReferenceArray<LongAdder> byStatus = new AtomicReferenceArray<>(STATUSES);
    private final LongAdder nanos = new LongAdder();

    RouteCounts(String method, String pattern) {
        this.method = method;
        this.pattern = pattern;
    }

    /** The route's method; {@code other} for requests of no route. */
    public String method() {
        return method;
    }

    /** The route's pattern, {@code other} for requests of no route: never a path, which may hold a token. */
    public String pattern() {
        return pattern;
    }

    /** How many answers there were, by status; the adders go on counting. */
    public Map<Integer, LongAdder> byStatus() {
        Map<Integer, LongAdder> counts = new TreeMap<>();
        for (int status = 0; status < STATUSES; status++) {
            LongAdder count = byStatus.get(status);
            if (count != null) {
                counts.put(status, count);
            }
        }
        return counts;
    }

    /** All answers. */
    public long answers() {
        return byStatus().values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Time from the head of a request to its answer, of all of them, in seconds. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    void answered(int status, long took) {
        int cell = status > 0 && status < STATUSES ? status : 0;
        LongAdder count = byStatus.get(cell);
        if (count == null) {
            byStatus.compareAndSet(cell, null, new LongAdder());
            count = byStatus.get(cell);
        }
        count.increment();
        nanos.add(took);
    }
}
