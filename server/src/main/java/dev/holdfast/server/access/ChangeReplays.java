package dev.holdfast.server.access;

import dev.holdfast.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Refuses a POST, PUT, PATCH or DELETE that any node took up before: (nonce, nc) is a unique key in the database. Its
 * transaction is its own and ends before the request is handled: a crash in between costs the client one challenge,
 * while one transaction for both would let a request that failed be sent again by somebody else.
 */
final class ChangeReplays {
    private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

    private final Database database;
    private final AtomicReference<Instant> purged = new AtomicReference<>(Instant.EPOCH);

    ChangeReplays(Database database) {
        this.database = database;
    }

    /**
     * Takes a count of a nonce; false if it was taken before.
     *
     * @param end when the nonce is accepted by nobody any more
     */
    boolean take(NonceId nonce, long count, Instant end, Instant now) {
        String name = String.format("%016x%016x", nonce.millis(), nonce.chance());
        boolean purge = purgeIsDue(now);
        return database.write(handle -> {
            if (purge) {
                handle.execute("DELETE FROM access_used_nonce WHERE expires < ?", now.toEpochMilli());
            }
            return handle.execute(
                            "INSERT INTO access_used_nonce (nonce, nc, expires) VALUES (?, ?, ?)"
                                    + " ON CONFLICT (nonce, nc) DO NOTHING",
                            name,
                            count,
                            end.toEpochMilli())
                    == 1;
        });
    }

    private boolean purgeIsDue(Instant now) {
        Instant last = purged.get();
        return !now.isBefore(last.plus(BETWEEN_PURGES)) && purged.compareAndSet(last, now);
    }
}
