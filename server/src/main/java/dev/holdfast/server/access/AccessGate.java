package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Gate;
import dev.holdfast.server.http.Need;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Decides who may pass: HTTP Digest for people and scripts, a bearer token for agents, then roles and access lists.
 *
 * <p>A wrong digest is refused before its nonce is looked at, so {@code stale=true} is told only to somebody who knows
 * the private key.
 */
public final class AccessGate implements Gate {
    private static final String BEARER = "Bearer ";
    /** RFC 7616 sends eight hexadecimal digits; MongoDB's Kubernetes operator sends {@code 1}. */
    private static final int MAX_COUNT_DIGITS = 8;

    private final Sessions sessions;
    private final AgentKeys agentKeys;
    private final SignIn signIn;
    private final Nonces nonces;
    private final ReadReplays reads;
    private final ChangeReplays changes;
    private final AccessListRule accessLists;
    private final ListUses uses;

    /** A gate that knows no sessions of browsers. */
    public AccessGate(
            Database database,
            Keys keys,
            AgentKeys agentKeys,
            SecretsKey secrets,
            AccessSettings settings,
            SecureRandom random) {
        this(database, keys, null, agentKeys, secrets, settings, random);
    }

    /** The gate over the keys of {@code database}; nodes with the same database and secrets are one gate. */
    public AccessGate(
            Database database,
            Keys keys,
            Sessions sessions,
            AgentKeys agentKeys,
            SecretsKey secrets,
            AccessSettings settings,
            SecureRandom random) {
        this.sessions = sessions;
        this.agentKeys = agentKeys;
        this.uses = new ListUses(database);
        this.signIn = new SignIn(keys, secrets, random);
        this.nonces = new Nonces(secrets, settings.nonceLifetime(), random);
        this.reads = new ReadReplays(settings.maxNonces());
        this.changes = new ChangeReplays(database);
        this.accessLists = new AccessListRule(settings, uses);
    }

    @Override
    public Caller authenticate(String method, String target, String authorization, Instant now) {
        AuthorizationHeader header =
                AuthorizationHeader.parse(authorization).orElseThrow(() -> new Unauthenticated(false));
        long count = count(header.nc());
        SignIn.Claim claim = signIn.claim(method, target, header, now);
        if (count < 1 || claim.caller().isEmpty()) {
            throw new Unauthenticated(false, claim.name());
        }
        NonceId nonce = nonces.accept(header.nonce(), now).orElseThrow(() -> new Unauthenticated(true));
        if (!take(method, nonce, count, now)) {
            throw new Unauthenticated(true);
        }
        return claim.caller().get();
    }

    @Override
    public Caller authenticateSession(String token, boolean attended, InetAddress address, Instant now) {
        if (sessions == null) {
            throw Unauthenticated.withoutSession();
        }
        return sessions.caller(token, attended, address, now);
    }

    @Override
    public Caller authenticateAgent(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Unauthenticated(false);
        }
        return agentKeys
                .group(authorization.substring(BEARER.length()).strip())
                .map(AgentCaller::new)
                .orElseThrow(() -> new Unauthenticated(false));
    }

    @Override
    public void admit(Caller caller, Need need, GroupId group, boolean listed, InetAddress address, Instant now) {
        switch (need) {
            case NOTHING -> {}
            case AGENT -> admitAgent(caller, group);
            case KEY -> accessLists.check(key(caller), listed, address, now);
            case GLOBAL_READ, GLOBAL_ADMIN -> {
                KeyCaller key = key(caller);
                if (!key.mayEverywhere(need)) {
                    throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
                }
                accessLists.check(key, listed, address, now);
            }
            case ORG_READ, ORG_ADMIN -> throw new IllegalArgumentException(need + " of a route without {orgId}");
            case READ, BACKUP, GLOBAL_BACKUP, MONITOR, ADMIN -> {
                KeyCaller key = key(caller);
                if (group == null) {
                    admitSomewhere(key, need);
                    accessLists.check(key, listed, address, now);
                    return;
                }
                // the same for a project that does not exist: whoever has no role there shall not learn which it is
                if (!key.sees(group)) {
                    throw new Refusal(ErrorCode.NOT_IN_GROUP);
                }
                if (!key.may(need, group)) {
                    throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
                }
                accessLists.check(key, listed, address, now);
            }
            // a need that was added and forgotten here must not open its routes to everybody
            default -> throw new IllegalArgumentException("nobody is said to have " + need);
        }
    }

    @Override
    public void admitToOrg(Caller caller, Need need, OrgId org, boolean listed, InetAddress address, Instant now) {
        KeyCaller key = key(caller);
        if (!key.sees(org)) {
            throw new Refusal(ErrorCode.USER_CANNOT_ACCESS_ORG);
        }
        if (!key.may(need, org)) {
            throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
        }
        accessLists.check(key, listed, address, now);
    }

    /** What the entries of access lists were used for; to be started and closed with the server. */
    public ListUses listUses() {
        return uses;
    }

    @Override
    public String challenge(boolean stale, Instant now) {
        // exactly this: clients split at ", " and refuse parameters that they do not know (contract file 01, 2.3)
        return "Digest realm=\"" + DigestCheck.REALM + "\", domain=\"\", nonce=\"" + nonces.issue(now)
                + "\", algorithm=MD5, qop=\"" + AuthorizationHeader.QOP + "\", stale=" + stale;
    }

    private boolean take(String method, NonceId nonce, long count, Instant now) {
        if (method.equals("GET") || method.equals("HEAD")) {
            return reads.take(nonce, count);
        }
        return changes.take(nonce, count, nonces.end(nonce), now);
    }

    /** Of a route whose path names no project but what is in one: its handler looks whether it is in one of these. */
    private static void admitSomewhere(KeyCaller key, Need need) {
        if (!key.mayEverywhere(need) && key.groups().stream().noneMatch(group -> key.may(need, group))) {
            throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
        }
    }

    private static void admitAgent(Caller caller, GroupId group) {
        if (!(caller instanceof AgentCaller agent)) {
            throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
        }
        if (!agent.group().equals(group)) {
            throw new Refusal(ErrorCode.NOT_IN_GROUP);
        }
    }

    private static KeyCaller key(Caller caller) {
        if (caller instanceof KeyCaller key) {
            return key;
        }
        throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
    }

    /** The count that {@code nc} stands for, 0 when it is none. */
    private static long count(String nc) {
        if (nc.isEmpty() || nc.length() > MAX_COUNT_DIGITS) {
            return 0;
        }
        long count = 0;
        for (int i = 0; i < nc.length(); i++) {
            char c = nc.charAt(i);
            // Character.digit also knows digits of other scripts, which are none here
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return 0;
            }
            count = count << 4 | digit;
        }
        return count;
    }
}
