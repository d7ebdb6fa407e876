package dev.holdfast.server.http;

import dev.holdfast.contract.id.ObjectIds;
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

/**
 * Takes a request through the order of checks: route looked up, digest, 404 and 405, membership and role and access
 * list, then the handler (ids, body, state). Whoever proves nobody learns nothing but the challenge, whatever else is
 * wrong with the request.
 */
final class Conduct {
    private final Router router;
    private final Clock clock;
    private final Workers workers;
    private final ObjectIds ids;
    private final ChangeWatch changes;
    private final Traffic traffic;
    private final Origins origins;
    private final Intake intake;
    private final Replies replies;
    private final Admission admission;
    private final Handling handling;
    private volatile boolean stopping;

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
        this.changes = changes;
        this.traffic = traffic;
        this.clock = clock;
        this.workers = workers;
        this.ids = ids;
        this.origins = new Origins(config);
        this.intake = new Intake(config.limits());
        this.replies = new Replies(gate, new Wire(config), intake, traffic);
        this.admission = new Admission(gate, origins, new Rates(protection.perMinute(), protection.burst()));
        this.handling = new Handling(replies, changes, new Patience(clock, workers));
    }

    Origins origins() {
        return origins;
    }

    String newId() {
        return ids.next();
    }

    /** From now on new requests are refused, but those that ask how the server is. */
    void stopTaking() {
        // first, so that no refusal leaves its connection open
        replies.closeConnections();
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
            replies.write(exchange, replies.rendered(exchange, trouble));
        }
    }

    private void receive(Exchange exchange) {
        HttpServerRequest request = exchange.request;
        Need need = Admission.needOf(exchange);
        if (stopping && !HealthRoutes.isAboutHealth(exchange.route())) {
            throw Troubles.stopping();
        }
        if (need != Need.NOTHING
                && need != Need.AGENT
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && SessionCookie.token(request, origins, exchange.peer.address) == null) {
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
        replies.write(exchange, Rendering.render(answer, exchange).closing());
    }

    // on a worker
    private void enter(Exchange exchange, Need need) {
        try {
            admission.authenticate(exchange, need);
            Route route = exchange.route();
            if (route == null) {
                throw noRoute(exchange);
            }
            admission.admit(exchange, route);
            if (route.stream() != null) {
                exchange.peer.onEventLoop(() -> replies.handOver(exchange, route));
                return;
            }
            if (need != Need.NOTHING && !HeaderValues.acceptsJson(exchange.header("Accept"))) {
                throw new StatusRefusal(406, "Only application/json can be answered; the header Accept excludes it.");
            }
            if (route.readsBody() && Wire.hasBody(exchange.request)) {
                exchange.peer.onEventLoop(() -> intake.read(
                        exchange,
                        () -> offer(exchange, () -> handling.handle(exchange, route)),
                        () -> replies.gone(exchange),
                        refusal -> offer(exchange, () -> refuse(exchange, refusal))));
                return;
            }
        } catch (Throwable trouble) {
            refuse(exchange, trouble);
            return;
        }
        handling.handle(exchange, exchange.route());
    }

    /** On a worker: the request does not get as far as its handler. */
    private void refuse(Exchange exchange, Throwable trouble) {
        if (trouble instanceof Gate.Unauthenticated nobody && !nobody.isOfSession()) {
            traffic.signInFailed(nobody.stale());
            if (!nobody.stale()) {
                changes.signInFailed(exchange.address(), nobody.name(), exchange.now());
            }
        } else if (trouble instanceof Rates.Exceeded) {
            traffic.limit(); // not recorded: too many of them is what it is about
        } else if (exchange.attempt() != null) {
            Answer answer = Replies.answerTo(trouble, exchange);
            try {
                changes.refused(exchange.attempt(), answer.status(), Troubles.codeOf(answer));
            } catch (Throwable worse) {
                replies.finish(exchange, worse);
                return;
            }
        }
        replies.finish(exchange, trouble);
    }

    Replies replies() {
        return replies;
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
                        replies.failStream(exchange, trouble);
                    }
                });
            } catch (Throwable trouble) {
                replies.failStream(exchange, trouble);
            }
        });
        if (!taken) {
            replies.failStream(exchange, Troubles.overloaded());
        }
    }

    private void offer(Exchange exchange, Runnable work) {
        if (!workers.offer(work)) {
            replies.finish(exchange, Troubles.overloaded());
        }
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
