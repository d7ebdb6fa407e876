package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One request on its way through the server. Never touched by two threads at once: event loop and workers hand it to
 * each other through their queues.
 */
final class Exchange implements StreamCall {
    final HttpServerRequest request;
    final Peer peer;
    final Target target;
    final RouteMatch match;

    private final Conduct conduct;
    private final Instant now;
    private final long began = System.nanoTime();
    private String id;
    private boolean counted;
    private ChangeAttempt attempt;
    private Map<String, String> parameters;
    private Caller caller;
    private boolean bySession;
    private GroupId group;
    private OrgId org;
    private byte[] body;
    private long held;

    Exchange(HttpServerRequest request, Peer peer, Target target, RouteMatch match, Conduct conduct, Instant now) {
        this.request = request;
        this.peer = peer;
        this.target = target;
        this.match = match;
        this.conduct = conduct;
        this.now = now;
    }

    /** The route, null when none was found. */
    Route route() {
        return match instanceof RouteMatch.Found found ? found.route() : null;
    }

    /** What the log calls the request: its pattern, for a path may hold a token. */
    String describe() {
        Route route = route();
        return route == null ? request.method().name() + " of no route" : route.method() + " " + route.pattern();
    }

    /** Names the request in log and answer; made when it is first asked for, for most need none. */
    String id() {
        if (id == null) {
            id = conduct.newId();
        }
        return id;
    }

    /** On the event loop: the answer is on its way. Counts once, whatever else happens to the request. */
    void answered(Traffic traffic, int status) {
        if (!counted) {
            counted = true;
            long took = System.nanoTime() - began;
            traffic.end(route(), status, took);
            traffic.tell(() -> seen(status, took));
        }
    }

    private RequestWatch.Answered seen(int status, long took) {
        Route route = route();
        return new RequestWatch.Answered(
                id,
                request.method().name(),
                route == null ? null : route.pattern(),
                status,
                now,
                took,
                header("traceparent"),
                header("tracestate"));
    }

    /** Whether it would change something. */
    boolean isChange() {
        String method = request.method().name();
        return method.equals("POST") || method.equals("PATCH") || method.equals("DELETE") || method.equals("PUT");
    }

    /** The attempt to change something, null when it is none or nobody's. The same object each time. */
    ChangeAttempt attempt() {
        if (attempt == null && caller != null && isChange()) {
            attempt = new ChangeAttempt(id(), caller.name(), address(), describe(), target.path(), group, org, now);
        }
        return attempt;
    }

    void authenticated(Caller caller) {
        this.caller = caller;
    }

    void authenticatedBySession(Caller caller) {
        this.caller = caller;
        this.bySession = true;
    }

    /** Whether a cookie says who it is: then caches, which know only of Authorization, must be told to keep nothing. */
    boolean isBySession() {
        return bySession;
    }

    void admitted(GroupId group) {
        this.group = group;
    }

    void admitted(OrgId org) {
        this.org = org;
    }

    void received(byte[] body) {
        this.body = body;
    }

    boolean isAuthenticated() {
        return caller != null || route() != null && route().need() == Need.NOTHING;
    }

    /** On the event loop: bytes of the body came into memory. */
    void hold(int bytes) {
        held += bytes;
    }

    /** On the event loop: the bytes of the body in memory, once. */
    long takeHeld() {
        long bytes = held;
        held = 0;
        return bytes;
    }

    @Override
    public String method() {
        Route route = route();
        return route == null ? request.method().name() : route.method();
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public String pathParameter(String name) {
        if (match instanceof RouteMatch.Found found) {
            int place = found.route().placeOf(name);
            if (place >= 0) {
                return found.values()[place];
            }
        }
        throw new IllegalArgumentException("no {" + name + "} in " + describe());
    }

    @Override
    public GroupId group() {
        if (group == null) {
            throw new IllegalStateException("no {groupId} in " + describe());
        }
        return group;
    }

    @Override
    public OrgId org() {
        if (org == null) {
            throw new IllegalStateException("no {orgId} in " + describe());
        }
        return org;
    }

    @Override
    public List<String> queries(String name) {
        return target.values(name);
    }

    @Override
    public String query(String name) {
        if (parameters == null) {
            parameters = target.parameters();
        }
        return parameters.get(name);
    }

    @Override
    public String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public ObjectNode body() {
        return JsonBody.parse(json());
    }

    @Override
    public List<ObjectNode> bodyItems() {
        return JsonBody.parseItems(json());
    }

    private byte[] json() {
        if (!HeaderValues.isJson(header("Content-Type"))) {
            throw new StatusRefusal(415, "The body must be JSON, with the header Content-Type: application/json.");
        }
        return body == null ? Rendered.NOTHING : body;
    }

    @Override
    public InetAddress address() {
        return conduct.origins().client(request, peer.address);
    }

    @Override
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("nobody is authenticated for " + describe());
        }
        return caller;
    }

    @Override
    public String baseUrl() {
        return conduct.origins().baseUrl(request, peer.address);
    }

    @Override
    public String rawQuery() {
        return target.query();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void answer(Answer answer) {
        conduct.replies().answerStream(this, answer);
    }

    @Override
    public void fail(Throwable trouble) {
        conduct.replies().failStream(this, trouble);
    }

    @Override
    public <T> void work(Supplier<T> blocking, Consumer<T> onEventLoop) {
        conduct.work(this, blocking, onEventLoop);
    }
}
