package dev.holdfast.server.http;

import org.slf4j.MDC;

/** Runs the handler of a route; when it changes something, under the eyes of a witness. On workers. */
final class Handling {
    private final Replies replies;
    private final ChangeWatch changes;
    private final Patience patience;

    Handling(Replies replies, ChangeWatch changes, Patience patience) {
        this.replies = replies;
        this.changes = changes;
        this.patience = patience;
    }

    /** Answers, whatever happens. */
    void handle(Exchange exchange, Route route) {
        if (exchange.attempt() != null) {
            change(exchange, route);
            return;
        }
        try {
            if (route.handler() instanceof PatientHandler patient) {
                patience.answer(
                        exchange,
                        patient,
                        answer -> replies.send(exchange, answer),
                        trouble -> replies.finish(exchange, trouble));
            } else {
                replies.send(exchange, route.handler().answer(exchange));
            }
        } catch (Throwable trouble) {
            replies.finish(exchange, trouble);
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
                            answer -> replies.send(exchange, answer),
                            trouble -> replies.finish(exchange, trouble));
                    return;
                }
                Answer answer = route.handler().answer(exchange);
                rendered = replies.rendered(exchange, answer);
                code = Troubles.codeOf(answer);
            } catch (Throwable trouble) {
                Answer answer = Replies.answerTo(trouble, exchange);
                rendered = replies.rendered(exchange, answer, false);
                code = Troubles.codeOf(answer);
            }
            changes.ended(attempt, rendered.status(), code);
            replies.send(exchange, rendered);
        } catch (Throwable trouble) {
            replies.finish(exchange, trouble);
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
}
