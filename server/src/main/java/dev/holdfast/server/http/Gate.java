package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.time.Instant;

/** Decides who may pass. The port that {@code access} fills; every method but {@link #challenge} may block. */
public interface Gate {
    /**
     * Finds out who sends a request.
     *
     * @param method as sent
     * @param target the raw request target as sent, query included
     * @param authorization the Authorization header, null when there is none
     * @throws Unauthenticated if it proves nobody
     */
    Caller authenticate(String method, String target, String authorization, Instant now);

    /**
     * The same for a session that was opened from a browser.
     *
     * @param token what the cookie holds, of any form
     * @param attended whether somebody is at the page: then the session is kept alive
     * @param address where the caller is
     * @throws Unauthenticated if there is no such session, or it has ended
     */
    default Caller authenticateSession(String token, boolean attended, InetAddress address, Instant now) {
        throw Unauthenticated.withoutSession();
    }

    /** The same for the agent API. */
    Caller authenticateAgent(String authorization);

    /**
     * Lets a caller through or throws a {@link Refusal}: {@code NOT_IN_GROUP} or
     * {@code GROUP_NOT_FOUND} (global keys only) for the project, {@code USER_UNAUTHORIZED} for a role,
     * {@code IP_ADDRESS_NOT_ON_ACCESS_LIST} for the address.
     *
     * @param group the project in the path, null when the route has none: then a need of a project is met by a role in any,
     *     and what the path names has to be looked at by its handler
     * @param listed whether the operation always requires the address on the key's access list
     */
    void admit(Caller caller, Need need, GroupId group, boolean listed, InetAddress address, Instant now);

    /**
     * As {@link #admit}, for a route of an organisation: {@code USER_CANNOT_ACCESS_ORG} for one that the caller is no
     * member of, which is also what one that does not exist is (but to global keys).
     */
    default void admitToOrg(Caller caller, Need need, OrgId org, boolean listed, InetAddress address, Instant now) {
        throw new Refusal(ErrorCode.USER_CANNOT_ACCESS_ORG);
    }

    /** The value of a WWW-Authenticate header with a fresh nonce; every 401 of the public API bears one. */
    String challenge(boolean stale, Instant now);

    /** A request that proves nobody. */
    final class Unauthenticated extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean stale;
        private final String name;
        private final boolean ofSession;

        /** {@code stale}: the digest was right, but over a nonce that is no longer accepted. */
        public Unauthenticated(boolean stale) {
            this(stale, null);
        }

        /**
         * {@code name}: the key that was named, if there is such a key. Never what else was sent in its place, which may
         * be a secret in the wrong field.
         */
        public Unauthenticated(boolean stale, String name) {
            this(stale, name, false);
        }

        private Unauthenticated(boolean stale, String name, boolean ofSession) {
            super(stale ? "stale nonce" : "no valid credentials", null, false, false);
            this.stale = stale;
            this.name = name;
            this.ofSession = ofSession;
        }

        /** There is no session (any more): what happens to every page that is left open, and no sign of an attack. */
        public static Unauthenticated withoutSession() {
            return new Unauthenticated(false, null, true);
        }

        /** Whether it was a session that is not there, not a digest that was wrong. */
        public boolean isOfSession() {
            return ofSession;
        }

        /** The existing key that was named, else null. */
        public String name() {
            return name;
        }

        /** Whether the client may try again at once with a new nonce. */
        public boolean stale() {
            return stale;
        }
    }
}
