package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The answers that this process is sending, by their links, so that they can be broken off. Those of other nodes notice
 * by themselves when they charge their next bytes.
 */
final class Running {
    // an answer that was admitted before a link was cut may begin after it; by then it is not long ago
    private static final int REMEMBERED = 10_000;

    private final Map<JobId, Set<Runnable>> stops = new HashMap<>();
    private final Map<JobId, Boolean> cut = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** An answer begins. False when its link has been cut meanwhile: then it must not. */
    synchronized boolean begin(JobId job, Runnable stop) {
        if (cut.containsKey(job)) {
            return false;
        }
        stops.computeIfAbsent(job, id -> new HashSet<>()).add(stop);
        return true;
    }

    /** An answer is over; one that never began does no harm. */
    synchronized void end(JobId job, Runnable stop) {
        stops.computeIfPresent(job, (id, some) -> {
            some.remove(stop);
            return some.isEmpty() ? null : some;
        });
    }

    /** Breaks off every answer of a link, and each that begins later. */
    void cut(JobId job) {
        List<Runnable> now;
        synchronized (this) {
            cut.put(job, true);
            now = List.copyOf(stops.getOrDefault(job, Set.of()));
        }
        now.forEach(Runnable::run);
    }
}
