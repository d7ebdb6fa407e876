package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.SessionJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Gate.Unauthenticated;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.http.SessionCookie;
import java.util.List;

/**
 * Signing in and out from a browser. Ours, beside the Public API; docs/sign-in.md tells the conversation.
 */
public final class SessionRoutes implements Routes {
    private static final String SESSIONS = "/api/holdfast/v1/sessions";
    private static final String CURRENT = SESSIONS + "/current";

    private final Sessions sessions;
    private final Keys keys;
    private final AccessSettings access;
    private final boolean tls;

    /** {@code tls}: whether the server itself speaks it. Does no I/O. */
    public SessionRoutes(Sessions sessions, Keys keys, AccessSettings access, boolean tls) {
        this.sessions = sessions;
        this.keys = keys;
        this.access = access;
        this.tls = tls;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", SESSIONS, Need.KEY, this::open);
        table.add("GET", CURRENT, Need.KEY, this::show);
        table.add("DELETE", CURRENT, Need.KEY, this::close);
    }

    private Answer open(Call call) {
        // a session that could open another would never end
        if (!(call.caller() instanceof KeyCaller caller) || caller.session() != null) {
            throw Unauthenticated.withoutSession();
        }
        if (!caller.accessList().isEmpty() && caller.listing(call.address()) == null) {
            throw AccessListRule.notOnList(access, call.address());
        }
        Sessions.Opened opened = sessions.open(caller, call.address(), call.now());
        return Answer.created(document(call, opened.session()), call.baseUrl() + CURRENT)
                .with(
                        "Set-Cookie",
                        SessionCookie.keeping(
                                opened.token().text(), sessions.settings().lifetime(), isSecure(call)))
                .with("Cache-Control", "no-store");
    }

    private Answer show(Call call) {
        return Answer.ok(document(call, session(call)));
    }

    private Answer close(Call call) {
        sessions.end(session(call), "signed out", call.now());
        return Answer.empty(204).with("Set-Cookie", SessionCookie.forgetting(isSecure(call)));
    }

    private static Session session(Call call) {
        if (call.caller() instanceof KeyCaller caller && caller.session() != null) {
            return caller.session();
        }
        throw new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path())
                .saying("This request was signed with a key; there is no session.");
    }

    private SessionJson document(Call call, Session session) {
        ApiKey key = keys.find(session.key()).orElseThrow(Unauthenticated::withoutSession);
        return new SessionJson(
                ApiJson.date(session.created()),
                ApiJson.date(session.created().plus(sessions.settings().lifetime())),
                session.id(),
                sessions.settings().idle().toSeconds(),
                List.of(Link.self(call.baseUrl() + CURRENT)),
                key.grants().stream().map(KeyDocument::role).toList(),
                new SessionJson.UserJson(key.desc(), key.id().hex(), key.publicKey()));
    }

    /** Over plain HTTP a browser would not send back what it may send over TLS only. */
    private boolean isSecure(Call call) {
        return tls || call.baseUrl().startsWith("https://");
    }
}
