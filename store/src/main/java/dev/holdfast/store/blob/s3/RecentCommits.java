package dev.holdfast.store.blob.s3;

import dev.holdfast.store.blob.BlobEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What this process committed in the last minutes. Some S3-compatible servers answer from a copy that lags behind, or
 * remember that a name was missing; a blob of this list that such a server does not show is there all the same.
 */
final class RecentCommits {
    /** Longer than any lag seen; after it the server's word counts, so that what others delete is not missed for long. */
    static final Duration WINDOW = Duration.ofMinutes(2);

    /** Bounds the heap; a commit costs at least two requests, so nobody makes as many in that time. */
    private static final int MOST = 20_000;

    private final Clock clock;

    /** When each name was committed, oldest first. */
    private final Map<String, Instant> times = new LinkedHashMap<>();

    RecentCommits(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String name) {
        times.remove(name);
        times.put(name, clock.instant());
        forgetOld();
        if (times.size() > MOST) {
            times.remove(times.keySet().iterator().next());
        }
    }

    synchronized void remove(String name) {
        times.remove(name);
    }

    synchronized boolean contains(String name) {
        forgetOld();
        return times.containsKey(name);
    }

    /** Blobs by name, committed when this process did that. */
    synchronized Map<String, BlobEntry> from(String prefix) {
        forgetOld();
        Map<String, BlobEntry> entries = new HashMap<>();
        times.forEach((name, when) -> {
            if (name.startsWith(prefix)) {
                entries.put(name, new BlobEntry(name, 0, OptionalLong.of(when.toEpochMilli())));
            }
        });
        return entries;
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(WINDOW);
        var all = times.values().iterator();
        while (all.hasNext() && all.next().isBefore(oldest)) {
            all.remove();
        }
    }
}
