package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.trouble.Refusal;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Takes a request through the order of checks: route looked up, digest, 404 and 405, membership and role and access
 * list, then the handler (ids, body, state). Whoever proves nobody learns nothing but the challenge, whatever else is
 * wrong with the request.
 */
final class Conduct {
    private static final String PUBLIC_API = "/api/public/v1.0";

    /** What is counted for a client that left before its answer began; no status of ours. */
    private static final int GONE = 499;

    private static final String AGENT_CHALLENGE = "Bearer realm=\"Holdfast agents\"";

    private final Router router;
    private final Gate gate;
    private final Clock clock;
    private final Workers workers;
    private final ObjectIds ids;
    private final Rates rates;
    private final ChangeWatch changes;
    private final Traffic traffic;
    private final Origins origins;
    private final Wire wire;
    private final Intake intake;
    private volatile boolean stopping;
    private final Patience patience;

    /** {@code changes} is told of attempts to change something, {@code traffic} counts. */
    Conduct(
            HttpConfig config,
            Protection protection,
            Router router,
            Gate gate,
            ChangeWatch changes,
            Traffic traffic,
            Clock clock,
            ObjectIds ids,
            Workers workers) {
        this.router = router;
        this.rates = new Rates(protection.perMinute(), protection.burst());
        this.changes = changes;
        this.traffic = traffic;
        this.gate = gate;
        this.clock = clock;
        this.workers = workers;
        this.ids = ids;
        this.origins = new Origins(config);
        this.wire = new Wire(config);
        this.intake = new Intake(config.limits());
        this.patience = new Patience(clock, workers);
    }

    Origins origins() {
        return origins;
    }

    String newId() {
        return ids.next();
    }

    /** From now on new requests are refused, but those that ask how the server is. */
    void stopTaking() {
        stopping = true;
    }

    /** On the event loop: the head of a request is there. */
    void begin(HttpServerRequest request, Peer peer) {
        peer.busy();
        traffic.begin();
        if (!hasOneHost(request)) {
            refuse(request, peer, 400, "A request has exactly one header Host.");
            return;
        }
        Target target = Target.of(request.uri());
        RouteMatch match = router.find(request.method().name(), target.path());
        Exchange exchange = new Exchange(request, peer, target, match, this, clock.instant());
        try {
            receive(exchange);
        } catch (Throwable trouble) {
            write(exchange, rendered(exchange, trouble));
        }
    }

    /** On the event loop: the one place where whole answers leave. */
    private void write(Exchange exchange, Rendered answer) {
        exchange.answered(traffic, answer.status());
        wire.send(exchange.request, exchange.peer, stopping ? answer.closing() : answer, exchange.now());
    }

    private void receive(Exchange exchange) {
        HttpServerRequest request = exchange.request;
        Need need = needOf(exchange);
        if (stopping && !HealthRoutes.isAboutHealth(exchange.route())) {
            throw Troubles.stopping();
        }
        if (need != Need.NOTHING && need != Need.AGENT && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            throw new Gate.Unauthenticated(false);
        }
        if (exchange.route() == null && need == Need.NOTHING) {
            throw noRoute(exchange);
        }
        if (Wire.hasBody(request)) {
            request.pause();
        }
        offer(exchange, () -> enter(exchange, need));
    }

    /** On the event loop: what came is no request. */
    void malformed(HttpServerRequest request, Peer peer) {
        traffic.begin();
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        String detail = switch (status) {
            case 414 -> "The request line is too long.";
            case 431 -> "The request has too many or too long headers.";
            default -> "This is not a valid HTTP/1.1 request.";
        };
        refuse(request, peer, status, detail);
    }

    /** RFC 9112, section 3.2: two are answered 400, and none too, but to an old client that knows no Host. */
    private static boolean hasOneHost(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_0;
    }

    private void refuse(HttpServerRequest request, Peer peer, int status, String detail) {
        Exchange exchange = new Exchange(request, peer, Target.of("/"), RouteMatch.Unknown.PATH, this, clock.instant());
        Answer answer = new Answer(status, ErrorJson.ofStatus(status, detail), Map.of());
        write(exchange, Rendering.render(answer, exchange).closing());
    }

    // on a worker
    private void enter(Exchange exchange, Need need) {
        try {
            authenticate(exchange, need);
            Route route = exchange.route();
            if (route == null) {
                throw noRoute(exchange);
            }
            admit(exchange, route);
            if (route.stream() != null) {
                exchange.peer.onEventLoop(() -> handOver(exchange, route));
                return;
            }
            if (need != Need.NOTHING && !HeaderValues.acceptsJson(exchange.header("Accept"))) {
                throw new StatusRefusal(406, "Only application/json can be answered; the header Accept excludes it.");
            }
            if (route.readsBody() && Wire.hasBody(exchange.request)) {
                exchange.peer.onEventLoop(() -> intake.read(
                        exchange,
                        () -> offer(exchange, () -> handle(exchange, route)),
                        () -> exchange.answered(traffic, GONE),
                        refusal -> offer(exchange, () -> refuse(exchange, refusal))));
                return;
            }
        } catch (Throwable trouble) {
            refuse(exchange, trouble);
            return;
        }
        handle(exchange, exchange.route());
    }

    /** On a worker: the request does not get as far as its handler. */
    private void refuse(Exchange exchange, Throwable trouble) {
        if (trouble instanceof Gate.Unauthenticated nobody) {
            traffic.signInFailed(nobody.stale());
            if (!nobody.stale()) {
                changes.signInFailed(exchange.address(), nobody.name(), exchange.now());
            }
        } else if (trouble instanceof Rates.Exceeded) {
            traffic.limit(); // not recorded: too many of them is what it is about
        } else if (exchange.attempt() != null) {
            Answer answer = answerTo(trouble, exchange);
            try {
                changes.refused(exchange.attempt(), answer.status(), Troubles.codeOf(answer));
            } catch (Throwable worse) {
                finish(exchange, worse);
                return;
            }
        }
        finish(exchange, trouble);
    }

    private void authenticate(Exchange exchange, Need need) {
        String authorization = exchange.header("Authorization");
        if (need == Need.AGENT) {
            exchange.authenticated(gate.authenticateAgent(authorization));
        } else if (need != Need.NOTHING) {
            // the digest covers what was sent: HEAD stays HEAD, and the target is not taken apart
            String method = exchange.request.method().name();
            exchange.authenticated(gate.authenticate(method, exchange.target.raw(), authorization, exchange.now()));
        }
    }

    private void admit(Exchange exchange, Route route) {
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

    private void handle(Exchange exchange, Route route) {
        if (exchange.attempt() != null) {
            change(exchange, route);
            return;
        }
        try {
            if (route.handler() instanceof PatientHandler patient) {
                patience.answer(
                        exchange, patient, answer -> send(exchange, answer), trouble -> finish(exchange, trouble));
            } else {
                send(exchange, route.handler().answer(exchange));
            }
        } catch (Throwable trouble) {
            finish(exchange, trouble);
        }
    }

    /** As any other request, but with a witness; what the witness cannot record is not answered. */
    private void change(Exchange exchange, Route route) {
        ChangeAttempt attempt = exchange.attempt();
        try (MDC.MDCCloseable named = MDC.putCloseable(Troubles.LOG_KEY, attempt.requestId())) {
            changes.began(attempt);
            Rendered rendered;
            String code;
            try {
                if (route.handler() instanceof PatientHandler patient) {
                    patience.answer(
                            exchange,
                            recorded(patient, attempt),
                            answer -> send(exchange, answer),
                            trouble -> finish(exchange, trouble));
                    return;
                }
                Answer answer = route.handler().answer(exchange);
                rendered = Rendering.render(challenged(exchange, answer, false), exchange);
                code = Troubles.codeOf(answer);
            } catch (Throwable trouble) {
                Answer answer = answerTo(trouble, exchange);
                rendered = rendered(exchange, answer, false);
                code = Troubles.codeOf(answer);
            }
            changes.ended(attempt, rendered.status(), code);
            send(exchange, rendered);
        } catch (Throwable trouble) {
            finish(exchange, trouble);
        }
    }

    /** What a patient handler did is recorded when it was done, not when its caller has waited long enough. */
    private PatientHandler recorded(PatientHandler handler, ChangeAttempt attempt) {
        return new PatientHandler(call -> {
            Prospect prospect = handler.begin().apply(call);
            Answer first = prospect.look(call.now()).answer();
            changes.ended(attempt, first.status(), Troubles.codeOf(first));
            return prospect;
        });
    }

    private void handOver(Exchange exchange, Route route) {
        HttpServerRequest request = exchange.request;
        if (request.response().closed()) {
            exchange.answered(traffic, GONE);
            return;
        }
        try {
            request.pause();
            wire.putStandardHeaders(request.response(), exchange.now());
            // told of an end only after the request behind it, if that was sent already, has begun
            long number = exchange.peer.request();
            request.response().endHandler(nothing -> {
                exchange.answered(traffic, request.response().getStatusCode());
                exchange.peer.expectHeadAfter(number);
            });
            Wire.goOn(request);
            route.stream().handle(request, exchange);
        } catch (Throwable trouble) {
            failStream(exchange, trouble);
        }
    }

    /** From any thread: answers a stream like any other request. */
    void answerStream(Exchange exchange, Answer answer) {
        Rendered rendered;
        try {
            rendered = Rendering.render(challenged(exchange, answer, false), exchange);
        } catch (RuntimeException trouble) {
            failStream(exchange, trouble);
            return;
        }
        send(exchange, rendered);
    }

    /** From any thread: answers with the error document, or cuts an answer that has begun. */
    void failStream(Exchange exchange, Throwable trouble) {
        Rendered rendered = rendered(exchange, trouble);
        exchange.peer.onEventLoop(() -> {
            var response = exchange.request.response();
            if (response.headWritten() && !response.ended()) {
                exchange.peer.connection.close();
            } else {
                write(exchange, rendered);
            }
        });
    }

    /** From any thread: blocking work, then its result on the event loop. */
    <T> void work(Exchange exchange, Supplier<T> blocking, Consumer<T> onEventLoop) {
        boolean taken = workers.offer(() -> {
            try {
                T result = blocking.get();
                exchange.peer.onEventLoop(() -> {
                    try {
                        onEventLoop.accept(result);
                    } catch (Throwable trouble) {
                        failStream(exchange, trouble);
                    }
                });
            } catch (Throwable trouble) {
                failStream(exchange, trouble);
            }
        });
        if (!taken) {
            failStream(exchange, Troubles.overloaded());
        }
    }

    private void offer(Exchange exchange, Runnable work) {
        if (!workers.offer(work)) {
            finish(exchange, Troubles.overloaded());
        }
    }

    private void finish(Exchange exchange, Throwable trouble) {
        send(exchange, rendered(exchange, trouble));
    }

    private Rendered rendered(Exchange exchange, Throwable trouble) {
        boolean stale = trouble instanceof Gate.Unauthenticated nobody && nobody.stale();
        return rendered(exchange, answerTo(trouble, exchange), stale);
    }

    private static Answer answerTo(Throwable trouble, Exchange exchange) {
        return Troubles.answer(trouble, exchange.describe(), exchange::id);
    }

    private Rendered rendered(Exchange exchange, Answer answer, boolean stale) {
        Rendered rendered = Rendering.render(challenged(exchange, answer, stale), exchange);
        // what is left of such a body is not worth waiting for
        return answer.status() == 408 || answer.status() == 413 ? rendered.closing() : rendered;
    }

    private Answer challenged(Exchange exchange, Answer answer, boolean stale) {
        if (answer.status() != 401) {
            return answer;
        }
        boolean agent = needOf(exchange) == Need.AGENT;
        return answer.with("WWW-Authenticate", agent ? AGENT_CHALLENGE : gate.challenge(stale, exchange.now()));
    }

    private void send(Exchange exchange, Answer answer) {
        send(exchange, Rendering.render(challenged(exchange, answer, false), exchange));
    }

    private void send(Exchange exchange, Rendered rendered) {
        exchange.peer.onEventLoop(() -> {
            intake.release(exchange);
            write(exchange, rendered);
        });
    }

    private static Need needOf(Exchange exchange) {
        Route route = exchange.route();
        if (route != null) {
            return route.need();
        }
        // an unknown path of the public API is a secret too: first the challenge, then 404
        return exchange.target.isUnder(PUBLIC_API) ? Need.KEY : Need.NOTHING;
    }

    private static RuntimeException noRoute(Exchange exchange) {
        if (exchange.match instanceof RouteMatch.OtherMethods other) {
            String allowed = String.join(", ", other.allowed());
            return new StatusRefusal(
                    405,
                    "The method " + exchange.request.method().name() + " is not supported here; these are: " + allowed
                            + ".",
                    Map.of("Allow", allowed));
        }
        return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, exchange.target.path());
    }
}
