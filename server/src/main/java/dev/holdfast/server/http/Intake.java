package dev.holdfast.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Reads JSON bodies on the event loop: one bounded in bytes and time, all together bounded in bytes. */
final class Intake {
    // bodies wait in memory for a worker; this is what they may take together
    private static final long ALL_BODIES = 64L << 20;

    private final HttpConfig.Limits limits;
    private final AtomicLong held = new AtomicLong();

    Intake(HttpConfig.Limits limits) {
        this.limits = limits;
    }

    /** Reads the body of a paused request; exactly one of the three is called, {@code left} when the client goes away. */
    void read(Exchange exchange, Runnable done, Runnable left, Consumer<StatusRefusal> refused) {
        if (Wire.declaredLength(exchange.request) > limits.bodyBytes()) {
            refused.accept(tooLarge());
            return;
        }
        Wire.goOn(exchange.request);
        new Reading(exchange, done, left, refused).begin();
    }

    /** Forgets the body of an exchange that was answered. */
    void release(Exchange exchange) {
        held.addAndGet(-exchange.takeHeld());
    }

    private StatusRefusal tooLarge() {
        return new StatusRefusal(413, "The body is longer than " + limits.bodyBytes() + " bytes.");
    }

    /** One body. */
    private final class Reading {
        private final Exchange exchange;
        private final Runnable done;
        private final Runnable left;
        private final Consumer<StatusRefusal> refused;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long timer;
        private boolean over;

        Reading(Exchange exchange, Runnable done, Runnable left, Consumer<StatusRefusal> refused) {
            this.exchange = exchange;
            this.done = done;
            this.left = left;
            this.refused = refused;
        }

        void begin() {
            HttpServerRequest request = exchange.request;
            timer = vertx().setTimer(
                            limits.bodyTime().toMillis(),
                            late -> refuse(new StatusRefusal(
                                    408,
                                    "The body did not come within "
                                            + limits.bodyTime().toMillis() + " ms.")));
            request.exceptionHandler(gone -> {
                if (end()) {
                    release(exchange);
                    left.run();
                }
            });
            request.handler(chunk -> take(chunk.getBytes()));
            request.endHandler(nothing -> {
                if (end()) {
                    exchange.received(bytes.toByteArray());
                    done.run();
                }
            });
            request.resume();
        }

        private void take(byte[] chunk) {
            if (over) {
                return;
            }
            if (bytes.size() + chunk.length > limits.bodyBytes()) {
                refuse(tooLarge());
                return;
            }
            exchange.hold(chunk.length);
            if (held.addAndGet(chunk.length) > ALL_BODIES) {
                refuse(Troubles.overloaded());
                return;
            }
            bytes.write(chunk, 0, chunk.length);
        }

        private void refuse(StatusRefusal refusal) {
            if (end()) {
                refused.accept(refusal);
            }
        }

        private boolean end() {
            boolean first = !over;
            over = true;
            vertx().cancelTimer(timer);
            return first;
        }

        private Vertx vertx() {
            return exchange.peer.context.owner();
        }
    }
}
