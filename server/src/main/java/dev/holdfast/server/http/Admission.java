package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;

/** Who may go on: the credentials, then membership, role, access list and rate. On workers, for it may read rows. */
final class Admission {
    private static final String PUBLIC_API = "/api/public/v1.0";

    private final Gate gate;
    private final Origins origins;
    private final Rates rates;

    Admission(Gate gate, Origins origins, Rates rates) {
        this.gate = gate;
        this.origins = origins;
        this.rates = rates;
    }

    /** What whoever asks has to prove. */
    static Need needOf(Exchange exchange) {
        Route route = exchange.route();
        if (route != null) {
            return route.need();
        }
        // an unknown path of the public API is a secret too: first the challenge, then 404
        return exchange.target.isUnder(PUBLIC_API) ? Need.KEY : Need.NOTHING;
    }

    /** Finds out who asks, if that matters. */
    void authenticate(Exchange exchange, Need need) {
        String authorization = exchange.header("Authorization");
        if (need == Need.AGENT) {
            exchange.authenticated(gate.authenticateAgent(authorization));
        } else if (need != Need.NOTHING && authorization == null) {
            // looked at only here, so that signed requests pay nothing for it
            String token = SessionCookie.token(exchange.request, origins, exchange.peer.address);
            if (token == null) {
                throw new Gate.Unauthenticated(false);
            }
            boolean attended = SessionCookie.isAttended(exchange.request);
            exchange.authenticatedBySession(
                    gate.authenticateSession(token, attended, exchange.address(), exchange.now()));
        } else if (need != Need.NOTHING) {
            // the digest covers what was sent: HEAD stays HEAD, and the target is not taken apart
            String method = exchange.request.method().name();
            exchange.authenticated(gate.authenticate(method, exchange.target.raw(), authorization, exchange.now()));
        }
    }

    /** Refuses whoever may not take that route to that project or organisation. */
    void admit(Exchange exchange, Route route) {
        var address = origins.client(exchange.request, exchange.peer.address);
        if (route.placeOf("orgId") >= 0) {
            String text = exchange.pathParameter("orgId");
            // no published list has a code for a malformed one
            OrgId org = OrgId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.ORG_NOT_FOUND, text));
            gate.admitToOrg(exchange.caller(), route.need(), org, route.listed(), address, exchange.now());
            exchange.admitted(org);
            return;
        }
        GroupId group = null;
        if (route.placeOf("groupId") >= 0) {
            String text = exchange.pathParameter("groupId");
            group = GroupId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_GROUP_ID, text));
        }
        if (route.need() != Need.NOTHING) {
            gate.admit(exchange.caller(), route.need(), group, route.listed(), address, exchange.now());
        }
        exchange.admitted(group);
        // an agent that is slowed down keeps a database's snapshot open for longer, which helps nobody
        if (group != null && route.need() != Need.AGENT && route.need() != Need.NOTHING) {
            rates.take(group, route.pattern(), exchange.now());
        }
    }
}
