package dev.holdfast.server.access;

import java.net.InetAddress;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Is told of sign-ins from browsers within the transaction that makes or ends them, never with a token. */
public interface SessionWatch {
    /** Does not care. */
    SessionWatch NONE = new SessionWatch() {
        @Override
        public void opened(Handle tx, Session session, InetAddress from) {}

        @Override
        public void closed(Handle tx, Session session, String why, Instant now) {}
    };

    /** Somebody signed in. */
    void opened(Handle tx, Session session, InetAddress from);

    /** A session ended; {@code why} is for people. */
    void closed(Handle tx, Session session, String why, Instant now);
}
