package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.Gate.Unauthenticated;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who signed in from a browser. A session is a row, so every node knows it, and ends when its row goes; what its key may do
 * is read with each request.
 */
public final class Sessions {
    private final Database database;
    private final Keys keys;
    private final SessionSettings settings;
    private final ObjectIds ids;
    private final SecureRandom random;
    private final SessionWatch watch;

    /** Does no I/O; {@code watch} is told of those that begin and end. */
    public Sessions(
            Database database,
            Keys keys,
            SessionSettings settings,
            ObjectIds ids,
            SecureRandom random,
            SessionWatch watch) {
        this.database = database;
        this.keys = keys;
        this.settings = settings;
        this.ids = ids;
        this.random = random;
        this.watch = watch;
    }

    SessionSettings settings() {
        return settings;
    }

    /** What was opened: {@code token} is in the answer and nowhere else. */
    record Opened(Session session, SessionToken token) {}

    /**
     * Opens a session for whoever signed a request. When the key has too many, those that were used longest ago end.
     *
     * @throws Unauthenticated if the key was deleted a moment ago
     */
    Opened open(KeyCaller caller, InetAddress from, Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        SessionToken token = SessionToken.make(random);
        Session session = new Session(ids.next(), caller.id(), caller.name(), moment, moment);
        database.change(tx -> {
            // two at once shall not both find room for one more
            if (!KeyTable.lock(tx, caller.id())) {
                throw Unauthenticated.withoutSession();
            }
            List<Session> there = SessionTable.of(tx, caller.id());
            int room = settings.mostPerKey() - 1;
            there.stream().skip(room).forEach(old -> end(tx, old, "the key has too many sessions", moment));
            SessionTable.insert(tx, session, token);
            watch.opened(tx, session, from);
        });
        return new Opened(session, token);
    }

    /**
     * The key whose holder opened a session, with the roles that it has now.
     *
     * @param attended whether somebody is at the page, which keeps the session alive
     * @throws Unauthenticated if there is no such session, or it has ended; it ends here when its time is over, or when the
     *     key's access list does not have the address
     */
    KeyCaller caller(String cookie, boolean attended, InetAddress address, Instant now) {
        SessionToken token = SessionToken.parse(cookie);
        Optional<Session> found =
                token == null ? Optional.empty() : database.read(handle -> SessionTable.find(handle, token));
        Session session = found.orElseThrow(Unauthenticated::withoutSession);
        if (session.isOver(settings, now)) {
            end(session, reasonOfEnd(session, now), now);
            throw Unauthenticated.withoutSession();
        }
        KeyCaller caller = keys.caller(session.key()).orElseThrow(Unauthenticated::withoutSession);
        if (!caller.accessList().isEmpty() && caller.listing(address) == null) {
            end(session, "the access list does not have " + AddressBlock.textOf(address), now);
            throw Unauthenticated.withoutSession();
        }
        if (attended && Duration.between(session.lastUsed(), now).compareTo(settings.precision()) >= 0) {
            database.change(tx -> SessionTable.used(tx, session.id(), now));
        }
        return caller.in(session);
    }

    /** Ends a session; does nothing if it has ended. */
    void end(Session session, String why, Instant now) {
        database.change(tx -> end(tx, session, why, now));
    }

    /** Ends those whose time is over; answers how many. For the housekeeper. */
    public int expire(Instant now) {
        Instant created = now.minus(settings.lifetime());
        Instant used = now.minus(settings.idle());
        if (database.read(handle -> SessionTable.before(handle, created, used)).isEmpty()) {
            return 0;
        }
        return database.write(tx -> {
            List<Session> over = SessionTable.before(tx, created, used);
            return (int) over.stream()
                    .filter(session -> end(tx, session, reasonOfEnd(session, now), now))
                    .count();
        });
    }

    /** Those of a key, the one that was used last first; for tests and people. */
    List<Session> of(KeyId key) {
        return database.read(handle -> SessionTable.of(handle, key));
    }

    private boolean end(Handle tx, Session session, String why, Instant now) {
        boolean ended = SessionTable.delete(tx, session.id());
        if (ended) {
            watch.closed(tx, session, why, now);
        }
        return ended;
    }

    private String reasonOfEnd(Session session, Instant now) {
        return now.isBefore(session.created().plus(settings.lifetime())) ? "nobody used it" : "its time is over";
    }
}
