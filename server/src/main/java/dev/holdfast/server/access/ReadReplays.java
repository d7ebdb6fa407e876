package dev.holdfast.server.access;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses a GET or HEAD that this process answered before. Only nonces that authenticated are remembered, so nobody
 * without a key can fill it.
 *
 * <p><b>Bound.</b> At the bound the oldest nonces go, and with them everything up to their age: {@link #horizon} is
 * raised first, then the window removed, and whoever uses a window looks at the horizon afterwards. So a count is
 * either refused by its window or its nonce by the horizon, in whatever order threads meet; the price of the bound is a
 * fresh challenge, never a replay.
 *
 * <p>In memory and per process on purpose: to read twice harms nobody but by load, and a commit per GET would cost
 * more than the GET. A restart, or a second node, may answer the same GET once more within the nonce's lifetime.
 */
final class ReadReplays {
    private final int most;
    private final ConcurrentSkipListMap<NonceId, NonceWindow> windows = new ConcurrentSkipListMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong horizon = new AtomicLong(Long.MIN_VALUE);

    ReadReplays(int most) {
        this.most = most;
    }

    /** Takes a count of a nonce; false if it was taken before or may have been. */
    boolean take(NonceId nonce, long count) {
        NonceWindow window = windows.get(nonce);
        if (window == null) {
            NonceWindow fresh = new NonceWindow();
            window = windows.putIfAbsent(nonce, fresh);
            if (window == null) {
                window = fresh;
                if (size.incrementAndGet() > most) {
                    retireOldest();
                }
            }
        }
        return window.take(count) && nonce.millis() > horizon.get();
    }

    int size() {
        return size.get();
    }

    private void retireOldest() {
        // several threads may meet at the same oldest nonce; only the one that removed it has made room
        while (size.get() > most) {
            Map.Entry<NonceId, NonceWindow> oldest = windows.firstEntry();
            if (oldest == null) {
                return;
            }
            horizon.accumulateAndGet(oldest.getKey().millis(), Math::max);
            if (windows.remove(oldest.getKey(), oldest.getValue())) {
                size.decrementAndGet();
            }
        }
    }
}
