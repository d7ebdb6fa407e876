package dev.holdfast.server.access;

import java.time.Duration;

/**
 * How strictly the gate checks. All nodes should have the same.
 *
 * @param nonceLifetime how long a nonce is accepted, 1 second to 1 hour
 * @param maxNonces nonces that the process remembers the reads of, 16 to 1,000,000 (about 200 bytes each)
 * @param loopbackOnly whether the server listens on loopback only and has no public URL: then nobody from elsewhere can
 *     call, and a key without an access list may do everything its roles allow
 * @param emptyListAdmits whether a key without an access list may call operations that require one
 * @param listOnEveryCall whether every operation requires the access list, as an organisation of Ops Manager can ask
 * @param whitelistSpelling whether refusals bear the codes of before 2020, {@code IP_ADDRESS_NOT_ON_WHITELIST}
 * @param sessions of those who sign in from a browser
 */
public record AccessSettings(
        Duration nonceLifetime,
        int maxNonces,
        boolean loopbackOnly,
        boolean emptyListAdmits,
        boolean listOnEveryCall,
        boolean whitelistSpelling,
        SessionSettings sessions) {
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);
    // a client that asks for a challenge before every call makes a nonce each time: 65,536 hold 6 s of 10,000 calls/s
    private static final int MAX_NONCES = 65_536;

    /** Checks the bounds. */
    public AccessSettings {
        if (nonceLifetime.compareTo(Duration.ofSeconds(1)) < 0 || nonceLifetime.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("nonce lifetime must be 1 second to 1 hour, not " + nonceLifetime);
        }
        if (maxNonces < 16 || maxNonces > 1_000_000) {
            throw new IllegalArgumentException("remembered nonces must be 16 to 1000000, not " + maxNonces);
        }
    }

    /** With sessions as they are unless set. */
    public AccessSettings(
            Duration nonceLifetime,
            int maxNonces,
            boolean loopbackOnly,
            boolean emptyListAdmits,
            boolean listOnEveryCall,
            boolean whitelistSpelling) {
        this(
                nonceLifetime,
                maxNonces,
                loopbackOnly,
                emptyListAdmits,
                listOnEveryCall,
                whitelistSpelling,
                SessionSettings.DEFAULTS);
    }

    /** The defaults: 5 minutes, a list required only where Ops Manager documents it, today's spelling. */
    public static AccessSettings defaults(boolean loopbackOnly) {
        return new AccessSettings(NONCE_LIFETIME, MAX_NONCES, loopbackOnly, false, false, false);
    }
}
