package dev.holdfast.server.http;

import dev.holdfast.server.http.Prospect.Look;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Lets callers wait who prefer to ({@code Prefer: wait=N}). A wait is a timer and holds no thread; now and then a
 * worker looks whether something has changed. Looking rather than being told, because the change may be made by another
 * node. The number of those who wait is bounded: one too many is answered at once, without {@code Preference-Applied}.
 */
final class Patience {
    private static final int MOST_WAITING = 256;
    private static final long FIRST_LOOK_MILLIS = 100;
    private static final long RAREST_LOOK_MILLIS = 1_000;

    private final Clock clock;
    private final Workers workers;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    Patience(Clock clock, Workers workers) {
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * On a worker: does what was asked for and answers, perhaps later.
     *
     * @param send takes the answer, on a worker or the event loop
     * @param fail takes what went wrong instead
     */
    void answer(Exchange exchange, PatientHandler handler, Consumer<Answer> send, Consumer<Throwable> fail) {
        Prospect prospect = handler.begin().apply(exchange);
        Look first = prospect.look(exchange.now());
        OptionalInt wait = Preferences.waitSeconds(exchange.request.headers().getAll("Prefer"));
        if (wait.isEmpty()) {
            send.accept(first.answer());
        } else if (first.awaited() == null) {
            send.accept(applied(first.answer(), wait.getAsInt()));
        } else if (!places.tryAcquire()) {
            send.accept(first.answer());
        } else {
            new Wait(exchange, prospect, first, wait.getAsInt(), send, fail).goOn();
        }
    }

    private static Answer applied(Answer answer, int seconds) {
        return answer.with("Preference-Applied", "wait=" + seconds);
    }

    /** One caller who waits. Its steps follow each other, on event loop and workers in turn. */
    private final class Wait {
        private final Exchange exchange;
        private final Prospect prospect;
        private final Object awaited;
        private final int seconds;
        private final Consumer<Answer> send;
        private final Consumer<Throwable> fail;
        private final AtomicBoolean over = new AtomicBoolean();
        private Look last;
        private long left;
        private long pause = FIRST_LOOK_MILLIS;

        Wait(
                Exchange exchange,
                Prospect prospect,
                Look first,
                int seconds,
                Consumer<Answer> send,
                Consumer<Throwable> fail) {
            this.exchange = exchange;
            this.prospect = prospect;
            this.awaited = first.awaited();
            this.seconds = seconds;
            this.send = send;
            this.fail = fail;
            this.last = first;
            this.left = seconds * 1_000L;
        }

        void goOn() {
            exchange.peer.onEventLoop(() -> {
                if (exchange.request.response().closed()) {
                    end();
                    return;
                }
                long millis = Math.min(pause, left);
                exchange.peer.context.owner().setTimer(millis, id -> {
                    left -= millis;
                    pause = Math.min(2 * pause, RAREST_LOOK_MILLIS);
                    // when the workers are overrun or gone, what is known is answered
                    if (!workers.offer(this::look)) {
                        finish(last.answer());
                    }
                });
            });
        }

        private void look() {
            try {
                last = prospect.look(clock.instant());
                if (left > 0 && awaited.equals(last.awaited())) {
                    goOn();
                } else {
                    finish(applied(last.answer(), seconds));
                }
            } catch (Throwable trouble) {
                end();
                fail.accept(trouble);
            }
        }

        private void finish(Answer answer) {
            end();
            send.accept(answer);
        }

        private void end() {
            if (over.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
