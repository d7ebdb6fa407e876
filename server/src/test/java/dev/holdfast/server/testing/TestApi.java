package dev.holdfast.server.testing;

import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Handler;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A route table that tests call directly. It matches paths as the real one does and turns a refusal into the error
 * document; it checks no digest and no role, only that a project in the path is the caller's.
 */
public final class TestApi implements RouteTable {
    private final List<Route> routes = new ArrayList<>();
    private final Caller caller;
    private final Instant now;

    /** An API that {@code caller} calls at {@code now}. */
    public TestApi(Caller caller, Instant now, Routes... nouns) {
        this.caller = caller;
        this.now = now;
        for (Routes noun : nouns) {
            noun.addTo(this);
        }
    }

    /** One route, for tests of what it requires. */
    public record Route(String method, String pattern, Need need, boolean listed, Handler handler) {
        Map<String, String> match(TestCall call) {
            String[] wanted = pattern.split("/", -1);
            String[] got = call.path().split("/", -1);
            if (!method.equals(call.method()) || wanted.length != got.length) {
                return null;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i].startsWith("{")) {
                    parameters.put(wanted[i].substring(1, wanted[i].length() - 1), TestCall.decode(got[i]));
                } else if (!wanted[i].equals(got[i])) {
                    return null;
                }
            }
            return parameters;
        }
    }

    @Override
    public void add(String method, String pattern, Need need, Handler handler) {
        routes.add(new Route(method, pattern, need, false, handler));
    }

    @Override
    public void addListed(String method, String pattern, Need need, Handler handler) {
        routes.add(new Route(method, pattern, need, true, handler));
    }

    @Override
    public void addStream(String method, String pattern, Need need, StreamHandler handler) {
        throw new UnsupportedOperationException("streams need real HTTP");
    }

    /** Every route, as entered. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Who calls. */
    public Caller caller() {
        return caller;
    }

    /** Answers a GET of {@code target}, path and query. */
    public Answer get(String target) {
        return answer(TestCall.get(target, caller, now));
    }

    /** Answers a POST. */
    public Answer post(String target, String json) {
        return answer(TestCall.post(target, json, caller, now));
    }

    /** Answers a PATCH. */
    public Answer patch(String target, String json) {
        return answer(new TestCall("PATCH", target, Map.of(), Map.of(), json, caller, now));
    }

    /** Answers a DELETE. */
    public Answer delete(String target) {
        return answer(new TestCall("DELETE", target, Map.of(), Map.of(), null, caller, now));
    }

    /** Answers any call; a refusal becomes the error document. */
    public Answer answer(TestCall call) {
        Route best = null;
        for (Route route : routes) {
            // '{' sorts after every letter, so the smaller of two patterns has its fixed segment first
            if (route.match(call) != null && (best == null || route.pattern.compareTo(best.pattern) < 0)) {
                best = route;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("no route for " + call.method() + " " + call.path());
        }
        try {
            return best.handler.answer(call.matched(best.match(call)));
        } catch (Refusal refusal) {
            return new Answer(refusal.code().status(), refusal.document(), Map.of());
        }
    }
}
