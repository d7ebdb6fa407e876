package dev.holdfast.server.access;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys that signed in a moment ago, HA1 decrypted, so that a busy client costs no statement and no AES per request.
 *
 * <p>Kept 2 seconds, because another node may take a key away and cannot tell us: that is how long it may still be
 * accepted here. Bounded, because every entry is a key that signed in, and a database may hold very many.
 */
final class KnownKeys {
    static final Duration TTL = Duration.ofSeconds(2);

    private static final int MOST = 10_000;

    /**
     * A key that signed in.
     *
     * @param caller what it may do
     * @param ha1 what its requests are signed with
     * @param loaded when its rows were read
     */
    record Known(KeyCaller caller, Ha1 ha1, Instant loaded) {}

    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong clearings = new AtomicLong();

    /** The key, if it was read less than {@link #TTL} ago; else null. */
    Known get(String publicKey, Instant now) {
        Known key = known.get(publicKey);
        if (key == null) {
            return null;
        }
        Duration age = Duration.between(key.loaded(), now);
        // a clock that was set back must not make an entry live longer
        return age.isNegative() || age.compareTo(TTL) >= 0 ? null : key;
    }

    /** How often the cache was cleared; to be asked before rows are read that will be put. */
    long clearings() {
        return clearings.get();
    }

    /** Keeps a key, unless the cache was cleared since: then its rows may be older than the change. */
    void put(Known key, long clearingsBeforeReading) {
        if (known.size() >= MOST) {
            known.clear();
        }
        String publicKey = key.caller().name();
        known.put(publicKey, key);
        if (clearings.get() != clearingsBeforeReading) {
            known.remove(publicKey, key);
        }
    }

    /** Forgets every key. Changes are rare, so it is not worth knowing which one changed. */
    void clear() {
        clearings.incrementAndGet();
        known.clear();
    }
}
