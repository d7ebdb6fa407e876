package dev.holdfast.server.http;

import io.vertx.core.http.HttpServerRequest;

/** How answers leave: rendered, with the challenge that a 401 needs, and written on the event loop. For any thread. */
final class Replies {
    /** What is counted for a client that left before its answer began; no status of ours. */
    private static final int GONE = 499;

    private static final String AUTHENTICATE = "WWW-Authenticate";
    private static final String AGENT_CHALLENGE = "Bearer realm=\"Holdfast agents\"";

    private final Gate gate;
    private final Wire wire;
    private final Intake intake;
    private final Traffic traffic;
    private volatile boolean closing;

    Replies(Gate gate, Wire wire, Intake intake, Traffic traffic) {
        this.gate = gate;
        this.wire = wire;
        this.intake = intake;
        this.traffic = traffic;
    }

    /** From now on each answer is the last of its connection. */
    void closeConnections() {
        closing = true;
    }

    /** The client left before there was an answer. */
    void gone(Exchange exchange) {
        exchange.answered(traffic, GONE);
    }

    /** Answers. */
    void send(Exchange exchange, Answer answer) {
        send(exchange, rendered(exchange, answer));
    }

    void send(Exchange exchange, Rendered rendered) {
        exchange.peer.onEventLoop(() -> {
            intake.release(exchange);
            write(exchange, rendered);
        });
    }

    /** Answers with the error document. */
    void finish(Exchange exchange, Throwable trouble) {
        send(exchange, rendered(exchange, trouble));
    }

    /** On the event loop: the one place where whole answers leave. */
    void write(Exchange exchange, Rendered answer) {
        exchange.answered(traffic, answer.status());
        wire.send(exchange.request, exchange.peer, closing ? answer.closing() : answer, exchange.now());
    }

    /** On the event loop: from here on the route itself writes. */
    void handOver(Exchange exchange, Route route) {
        HttpServerRequest request = exchange.request;
        if (request.response().closed()) {
            gone(exchange);
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
            rendered = rendered(exchange, answer);
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

    Rendered rendered(Exchange exchange, Throwable trouble) {
        boolean stale = trouble instanceof Gate.Unauthenticated nobody && nobody.stale();
        return rendered(exchange, answerTo(trouble, exchange), stale);
    }

    /** As a handler gave it. */
    Rendered rendered(Exchange exchange, Answer answer) {
        return Rendering.render(challenged(exchange, answer, false), exchange);
    }

    Rendered rendered(Exchange exchange, Answer answer, boolean stale) {
        Rendered rendered = Rendering.render(challenged(exchange, answer, stale), exchange);
        // what is left of such a body is not worth waiting for
        return answer.status() == 408 || answer.status() == 413 ? rendered.closing() : rendered;
    }

    static Answer answerTo(Throwable trouble, Exchange exchange) {
        return Troubles.answer(trouble, exchange.describe(), exchange::id);
    }

    private Answer challenged(Exchange exchange, Answer plain, boolean stale) {
        Answer answer = exchange.isBySession() ? plain.with("Cache-Control", "no-store") : plain;
        if (answer.status() != 401) {
            return answer;
        }
        if (Admission.needOf(exchange) == Need.AGENT) {
            return answer.with(AUTHENTICATE, AGENT_CHALLENGE);
        }
        String challenge = gate.challenge(stale, exchange.now());
        return SessionCookie.isOfPage(exchange.request)
                ? answer.with(AUTHENTICATE, SessionCookie.SCHEME).with(SessionCookie.CHALLENGE, challenge)
                : answer.with(AUTHENTICATE, challenge);
    }
}
